/** SCIM 2.0 (RFC 7643, RFC 7644): what every part of the engine speaks of. */
@NullMarked
package org.muster.scim;

import org.jspecify.annotations.NullMarked;
