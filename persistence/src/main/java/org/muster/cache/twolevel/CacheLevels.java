package org.muster.cache.twolevel;

import java.util.Optional;
import org.muster.cache.CacheLevel;
import org.muster.cache.Coherence;

/**
 * What a cache is made of.
 *
 * @param first level 1; its calls must not fail
 * @param second level 2
 * @param spare where values are kept for the case that loading fails; its calls must not fail
 * @param others those who write and are not heard by level 2, be it that there is none: while this
 *     is not connected no level is relied upon; empty if there are none
 */
public record CacheLevels<V>(
    Optional<CacheLevel<V>> first,
    Optional<CacheLevel<V>> second,
    Optional<CacheLevel<V>> spare,
    Optional<Coherence> others) {
  public CacheLevels {
    if (first.isEmpty() && second.isEmpty()) {
      throw new IllegalArgumentException("A cache has a level at least");
    }
  }

  /** Level 1 alone. */
  public static <V> CacheLevels<V> of(CacheLevel<V> first) {
    return new CacheLevels<>(
        Optional.of(first), Optional.empty(), Optional.empty(), Optional.empty());
  }

  /** Both levels. */
  public static <V> CacheLevels<V> of(CacheLevel<V> first, CacheLevel<V> second) {
    return new CacheLevels<>(
        Optional.of(first), Optional.of(second), Optional.empty(), Optional.empty());
  }

  /** Level 2 alone. */
  public static <V> CacheLevels<V> remote(CacheLevel<V> second) {
    return new CacheLevels<>(
        Optional.empty(), Optional.of(second), Optional.empty(), Optional.empty());
  }

  /** With a place for what is served if loading fails. */
  public CacheLevels<V> sparing(CacheLevel<V> level) {
    return new CacheLevels<>(first, second, Optional.of(level), others);
  }

  /** Beside others who are not heard by level 2. */
  public CacheLevels<V> beside(Coherence unheard) {
    return new CacheLevels<>(first, second, spare, Optional.of(unheard));
  }
}
