/** The values that every other package speaks of; depends on nothing of Muster. */
@NullMarked
package org.muster.kernel;

import org.jspecify.annotations.NullMarked;
