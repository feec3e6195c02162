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
   * @param alone for how long level 1 is relied upon without hearing others
   */
  public record Usual(
      int heapPart, Optional<Duration> ttl, Optional<Duration> negativeTtl, Duration alone) {
    /** For ever: what is served is never older than its time to live. */
    public static final Duration FOR_EVER = Duration.ofSeconds(CacheOptions.MOST_SECONDS);

    public Usual {
      if (heapPart < 1) {
        throw new IllegalArgumentException("A cache has a part of the heap");
      }
    }

    /** So much of the heap, without end, and nothing is known of what is not there. */
    public static Usual part(int heapPart) {
      return new Usual(heapPart, Optional.empty(), Optional.empty(), Duration.ZERO);
    }

    /** The same, for so long. */
    public Usual ttl(Duration most) {
      return new Usual(heapPart, Optional.of(most), negativeTtl, alone);
    }

    /** The same, absence for so long. */
    public Usual negativeTtl(Duration most) {
      return new Usual(heapPart, ttl, Optional.of(most), alone);
    }

    /** The same, and relied upon for so long without hearing others. */
    public Usual alone(Duration most) {
      return new Usual(heapPart, ttl, negativeTtl, most);
    }
  }

  /** A cache that serves nothing that is over. */
  public CacheUse(String name, Codec<V> codec, ToIntFunction<V> weight, Usual usual) {
    this(name, codec, weight, usual, failure -> false);
  }
}
