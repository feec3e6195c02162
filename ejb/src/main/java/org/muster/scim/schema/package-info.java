/** Schemas and resource types (RFC 7643 sections 2, 6 and 7), which drive everything else. */
@NullMarked
package org.muster.scim.schema;

import org.jspecify.annotations.NullMarked;
