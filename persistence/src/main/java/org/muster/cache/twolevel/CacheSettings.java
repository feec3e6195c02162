package org.muster.cache.twolevel;

import java.time.Duration;
import java.util.Optional;

/**
 * How one cache works.
 *
 * @param levels which levels it has
 * @param first level 1, in the heap of the node
 * @param second level 2, shared by the nodes
 * @param loading what is kept of loads
 * @param outage what is done while level 2 does not answer
 */
public record CacheSettings(
    Levels levels, LevelSettings first, LevelSettings second, Loading loading, Outage outage) {

  /** Which levels a cache has. */
  public enum Levels {
    HEAP,
    REMOTE,
    BOTH;

    public boolean hasFirst() {
      return this != REMOTE;
    }

    public boolean hasSecond() {
      return this != HEAP;
    }
  }

  /**
   * What is kept of loads.
   *
   * @param negativeTtl for how long it is known that there is nothing; empty for not at all
   * @param jitter by which part of itself a time to live may be shorter, so that what was loaded
   *     together does not end together; 0 to 0.5
   * @param staleIfError for how long after its time to live a value is still served if loading
   *     fails; empty for not at all
   */
  public record Loading(
      Optional<Duration> negativeTtl, double jitter, Optional<Duration> staleIfError) {
    /** Absence is not kept, times are as given, errors are told. */
    public static final Loading PLAIN = new Loading(Optional.empty(), 0, Optional.empty());

    public Loading {
      negativeTtl.ifPresent(given -> requireTime("A negative time to live", given));
      staleIfError.ifPresent(given -> requireTime("The time of stale-if-error", given));
      if (!(jitter >= 0 && jitter <= 0.5)) {
        throw new IllegalArgumentException("Jitter is 0 to 0.5, not " + jitter);
      }
    }
  }

  /**
   * What is done while level 2 does not answer.
   *
   * @param pause for how long it is left alone before it is tried again
   * @param alone for how long level 1 is relied upon without hearing of the other nodes; zero for
   *     not at all. A node that has no others may rely on it for ever
   * @param maxRemembered keys that were voided meanwhile and are remembered; of more, the whole of
   *     level 2 is cleared
   */
  public record Outage(Duration pause, Duration alone, int maxRemembered) {
    /** Tried after a second; level 1 is not relied upon; 10,000 keys. */
    public static final Outage USUAL = new Outage(Duration.ofSeconds(1), Duration.ZERO, 10_000);

    public Outage {
      requireTime("The pause before level 2 is tried again", pause);
      if (alone.isNegative()) {
        throw new IllegalArgumentException(
            "The time that level 1 is relied upon alone is not negative");
      }
      if (maxRemembered < 0) {
        throw new IllegalArgumentException(
            "The number of remembered keys is not negative: " + maxRemembered);
      }
    }
  }

  /** Level 1 alone, of so many bytes. */
  public static CacheSettings heap(long maxBytes) {
    LevelSettings level = LevelSettings.of(maxBytes);
    return new CacheSettings(Levels.HEAP, level, level, Loading.PLAIN, Outage.USUAL);
  }

  /** Both levels. */
  public static CacheSettings both(LevelSettings first, LevelSettings second) {
    return new CacheSettings(Levels.BOTH, first, second, Loading.PLAIN, Outage.USUAL);
  }

  public CacheSettings with(Loading other) {
    return new CacheSettings(levels, first, second, other, outage);
  }

  public CacheSettings with(Outage other) {
    return new CacheSettings(levels, first, second, loading, other);
  }

  static void requireTime(String what, Duration given) {
    if (given.isNegative() || given.isZero()) {
      throw new IllegalArgumentException(what + " is positive, not " + given);
    }
  }
}
