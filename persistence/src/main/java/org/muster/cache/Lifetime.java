package org.muster.cache;

import java.time.Duration;

/**
 * How long an entry is served.
 *
 * @param expiresMillis moment, in milliseconds since 1970, from which on it is not; {@link #NEVER}
 *     for none
 * @param idleMillis milliseconds without a read after which it is not; 0 for any number
 */
public record Lifetime(long expiresMillis, long idleMillis) {
  /** The moment that never comes. */
  public static final long NEVER = Long.MAX_VALUE;

  /** Until it is removed. */
  public static final Lifetime ENDLESS = new Lifetime(NEVER, 0);

  public Lifetime {
    if (expiresMillis < 0 || idleMillis < 0) {
      throw new IllegalArgumentException("A lifetime is not negative");
    }
  }

  /** From a moment on for a time; overflow is endless. */
  public static Lifetime of(long nowMillis, Duration ttl) {
    if (ttl.isNegative() || ttl.isZero()) {
      throw new IllegalArgumentException("A time to live is positive");
    }
    long millis =
        ttl.compareTo(Duration.ofMillis(NEVER - nowMillis)) >= 0
            ? NEVER
            : nowMillis + ttl.toMillis();
    return new Lifetime(millis, 0);
  }

  /** The same, and not longer than this without a read. */
  public Lifetime idle(Duration most) {
    return new Lifetime(expiresMillis, most.toMillis());
  }

  /** Whether it has passed, reads left aside. */
  public boolean isOver(long nowMillis) {
    return nowMillis >= expiresMillis;
  }
}
