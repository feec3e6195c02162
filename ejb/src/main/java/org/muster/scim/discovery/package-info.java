/** What the service says of itself (RFC 7644 section 4), computed from what is there. */
@NullMarked
package org.muster.scim.discovery;

import org.jspecify.annotations.NullMarked;
