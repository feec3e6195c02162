/** Caches for applications over HTTP. */
@NullMarked
package org.muster.rest.caching;

import org.jspecify.annotations.NullMarked;
