/** How levels outside of the heap keep entries: their bytes, their keys, what clears a space. */
@NullMarked
package org.muster.cache.coded;

import org.jspecify.annotations.NullMarked;
