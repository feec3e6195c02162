/** Filters, sort orders and PATCH paths (RFC 7644 sections 3.4.2 and 3.5.2), and their storage. */
@NullMarked
package org.muster.scim.filter;

import org.jspecify.annotations.NullMarked;
