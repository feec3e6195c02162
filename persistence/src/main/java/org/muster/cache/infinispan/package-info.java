/** A level in Infinispan, which the nodes of Muster share among themselves. */
@NullMarked
package org.muster.cache.infinispan;

import org.jspecify.annotations.NullMarked;
