/** SCIM over HTTP against the built EAR in the server, by section of the RFCs. */
@NullMarked
package org.muster.it.protocol;

import org.jspecify.annotations.NullMarked;
