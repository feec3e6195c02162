package org.muster.delivery;

import java.time.Duration;
import java.time.Instant;

/**
 * How many events a receiver gets in a turn: fewer where a turn takes long, so that others who wait
 * for a thread get theirs.
 */
final class Pace {
  static final int MOST = 100;
  private static final Duration LONG = Duration.ofSeconds(5);
  private static final Duration SHORT = Duration.ofSeconds(1);

  private Pace() {}

  /** The size of the next page after one that took so long. */
  static int next(int size, Instant begin, Instant end) {
    Duration taken = Duration.between(begin, end);
    if (taken.compareTo(LONG) > 0) {
      return Math.max(1, size / 2);
    }
    return taken.compareTo(SHORT) < 0 ? Math.min(MOST, size * 2) : size;
  }
}
