package org.muster.cache.twolevel;

import java.util.Optional;
import org.muster.cache.CacheLevel;

/**
 * What a cache is made of.
 *
 * @param first level 1; its calls must not fail
 * @param second level 2
 * @param spare where values are kept for the case that loading fails; its calls must not fail
 */
public record CacheLevels<V>(
    Optional<CacheLevel<V>> first, Optional<CacheLevel<V>> second, Optional<CacheLevel<V>> spare) {
  public CacheLevels {
    if (first.isEmpty() && second.isEmpty()) {
      throw new IllegalArgumentException("A cache has a level at least");
    }
  }

  /** Level 1 alone. */
  public static <V> CacheLevels<V> of(CacheLevel<V> first) {
    return new CacheLevels<>(Optional.of(first), Optional.empty(), Optional.empty());
  }

  /** Both levels. */
  public static <V> CacheLevels<V> of(CacheLevel<V> first, CacheLevel<V> second) {
    return new CacheLevels<>(Optional.of(first), Optional.of(second), Optional.empty());
  }

  /** Level 2 alone. */
  public static <V> CacheLevels<V> remote(CacheLevel<V> second) {
    return new CacheLevels<>(Optional.empty(), Optional.of(second), Optional.empty());
  }

  /** With a place for what is served if loading fails. */
  public CacheLevels<V> sparing(CacheLevel<V> level) {
    return new CacheLevels<>(first, second, Optional.of(level));
  }
}
