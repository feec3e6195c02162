package org.muster.cache.twolevel;

import java.util.Optional;
import org.muster.cache.CacheKey;

/** Reads what a cache is in front of. */
@FunctionalInterface
public interface Loader<V> {
  /**
   * The present value; empty if there is none. It is asked after the cache has looked at its slots,
   * so it must read anew: a snapshot from before would be taken for the present.
   */
  Optional<V> load(CacheKey key);
}
