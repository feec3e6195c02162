package org.muster.cache.heap;

import org.muster.cache.Lifetime;

/** Milliseconds as nanoseconds; what does not fit is 100 years. */
final class Nanos {
  private static final long MOST = Long.MAX_VALUE / 3;

  private Nanos() {}

  static long ofMillis(long millis) {
    return millis > MOST / 1_000_000 ? MOST : millis * 1_000_000;
  }

  /** From now until a moment of the clock. */
  static long until(long nowMillis, long expiresMillis) {
    return expiresMillis == Lifetime.NEVER ? Held.ENDLESS : ofMillis(expiresMillis - nowMillis);
  }
}
