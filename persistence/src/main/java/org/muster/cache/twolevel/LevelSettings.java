package org.muster.cache.twolevel;

import java.time.Duration;
import java.util.Optional;

/**
 * How much a level keeps, and for how long.
 *
 * @param maxBytes weight of all entries together
 * @param ttl time to live; empty for none
 * @param idle time without a read after which an entry goes; empty for any
 */
public record LevelSettings(long maxBytes, Optional<Duration> ttl, Optional<Duration> idle) {
  public LevelSettings {
    if (maxBytes < 1) {
      throw new IllegalArgumentException("The size of a level is at least 1 byte, not " + maxBytes);
    }
    ttl.ifPresent(given -> CacheSettings.requireTime("A time to live", given));
    idle.ifPresent(given -> CacheSettings.requireTime("An idle time", given));
  }

  /** So many bytes, without end. */
  public static LevelSettings of(long maxBytes) {
    return new LevelSettings(maxBytes, Optional.empty(), Optional.empty());
  }

  public LevelSettings ttl(Duration most) {
    return new LevelSettings(maxBytes, Optional.of(most), idle);
  }

  public LevelSettings idle(Duration most) {
    return new LevelSettings(maxBytes, ttl, Optional.of(most));
  }
}
