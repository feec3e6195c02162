/** Tests that run inside the server, with the built EAR around them. */
@NullMarked
package org.muster.it.container;

import org.jspecify.annotations.NullMarked;
