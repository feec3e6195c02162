/** Makes what opens caches; knows the container. */
@NullMarked
package org.muster.cache.wiring;

import org.jspecify.annotations.NullMarked;
