/** Loads people and groups into a server, and goes on where it stopped. */
@NullMarked
package org.muster.bench.load;

import org.jspecify.annotations.NullMarked;
