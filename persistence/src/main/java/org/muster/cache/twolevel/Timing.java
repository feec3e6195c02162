package org.muster.cache.twolevel;

import java.time.Clock;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.LongSupplier;

/**
 * The time of a cache, and its chance.
 *
 * @param clock by which lifetimes are counted
 * @param nanos by which durations are measured; does not jump
 * @param random bits, for versions and jitter
 */
public record Timing(Clock clock, LongSupplier nanos, LongSupplier random) {
  /** That of the system. */
  public static Timing system() {
    return new Timing(
        Clock.systemUTC(), System::nanoTime, () -> ThreadLocalRandom.current().nextLong());
  }

  /** A version that no other value has, but by a chance of one in 2^63. */
  long version() {
    return Math.max(1, random.getAsLong() & Long.MAX_VALUE);
  }

  /** At least 0 and less than 1. */
  double fraction() {
    return (random.getAsLong() >>> 11) * 0x1.0p-53;
  }
}
