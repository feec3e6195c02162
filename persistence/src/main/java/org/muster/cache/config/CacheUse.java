package org.muster.cache.config;

import java.time.Duration;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.function.ToIntFunction;
import org.muster.cache.Codec;

/**
 * What a cache is for, as its user says.
 *
 * @param name one of {@link Caches#NAMES}
 * @param codec for level 2
 * @param weight about how many bytes a value has in the heap
 * @param usual what holds where nothing is configured
 * @param isOutage after which failures of a loader a value that is over may be served, if that is
 *     configured
 */
public record CacheUse<V>(
    String name,
    Codec<V> codec,
    ToIntFunction<V> weight,
    Usual usual,
    Predicate<RuntimeException> isOutage) {

  /**
   * What holds where nothing is configured.
   *
   * @param heapPart the size of a level: the heap of the server divided by this
   * @param ttl time to live in both levels; empty for none
   * @param negativeTtl for how long it is known that there is nothing; empty for not at all
   */
  public record Usual(int heapPart, Optional<Duration> ttl, Optional<Duration> negativeTtl) {
    public Usual {
      if (heapPart < 1) {
        throw new IllegalArgumentException("A cache has a part of the heap");
      }
    }

    /** So much of the heap, without end, and nothing is known of what is not there. */
    public static Usual part(int heapPart) {
      return new Usual(heapPart, Optional.empty(), Optional.empty());
    }

    /** The same, for so long. */
    public Usual ttl(Duration most) {
      return new Usual(heapPart, Optional.of(most), negativeTtl);
    }

    /** The same, absence for so long. */
    public Usual negativeTtl(Duration most) {
      return new Usual(heapPart, ttl, Optional.of(most));
    }
  }

  /** A cache that serves nothing that is over. */
  public CacheUse(String name, Codec<V> codec, ToIntFunction<V> weight, Usual usual) {
    this(name, codec, weight, usual, failure -> false);
  }
}
