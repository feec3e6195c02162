/** Caches for applications: values of any kind, by tenant and name. */
@NullMarked
package org.muster.caching;

import org.jspecify.annotations.NullMarked;
