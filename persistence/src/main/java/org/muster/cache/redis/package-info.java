/** A level in Redis, which nodes of Muster share with each other and with nobody else. */
@NullMarked
package org.muster.cache.redis;

import org.jspecify.annotations.NullMarked;
