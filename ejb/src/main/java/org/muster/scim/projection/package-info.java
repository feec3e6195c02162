/** Which attributes of a resource a response shows (RFC 7644 section 3.9). */
@NullMarked
package org.muster.scim.projection;

import org.jspecify.annotations.NullMarked;
