/** Has the calls of a level of a cache watched. */
@NullMarked
package org.muster.cache.metrics;

import org.jspecify.annotations.NullMarked;
