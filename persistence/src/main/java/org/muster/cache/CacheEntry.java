package org.muster.cache;

import java.util.Optional;

/**
 * What a cache holds under a key.
 *
 * @param value empty where it is known that there is nothing
 * @param version a positive number that another value of the key does not have; that it is larger
 *     says nothing
 */
public record CacheEntry<V>(Optional<V> value, long version, Lifetime lifetime) {
  public CacheEntry {
    if (version <= 0) {
      throw new IllegalArgumentException("A version is positive: " + version);
    }
  }
}
