/** Tests of the built EAR in a running server, and what starts, talks to and ends such servers. */
@NullMarked
package org.muster.it;

import org.jspecify.annotations.NullMarked;
