package org.muster.cache.heap;

import org.muster.cache.Lifetime;

/** Milliseconds as nanoseconds; what does not fit is 100 years. */
final class Nanos {
  private static final long MOST = Long.MAX_VALUE / 3;

  private Nanos() {}

  static long ofMillis(long millis) {
    return millis > MOST / 1_000_000 ? MOST : millis * 1_000_000;
  }

  /** The moment of a ticker at which a moment of the clock will have come. */
  static long deadline(long nowNanos, long nowMillis, long expiresMillis) {
    return nowNanos
        + (expiresMillis == Lifetime.NEVER ? MOST : ofMillis(expiresMillis - nowMillis));
  }
}
