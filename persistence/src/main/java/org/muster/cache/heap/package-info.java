/** The level of a cache that is in the heap of the node. */
@NullMarked
package org.muster.cache.heap;

import org.jspecify.annotations.NullMarked;
