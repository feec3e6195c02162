/** Caches: levels, and two of them in front of what is slower. */
@NullMarked
package org.muster.cache;

import org.jspecify.annotations.NullMarked;
