package org.muster.delivery;

import java.time.Duration;
import java.util.Random;
import java.util.random.RandomGenerator;

/**
 * How long to wait after attempts in vain: twice as long each time, up to a bound, less a random
 * part of up to the half, so that those who wait do not come back together. Thread-safe if the
 * source of random numbers is.
 *
 * @param first after the first attempt
 * @param most at most
 */
public record Backoff(Duration first, Duration most, RandomGenerator random) {
  private static final int DOUBLINGS = 30;

  /** With random numbers of its own. */
  public static Backoff of(Duration first, Duration most) {
    return new Backoff(first, most, new Random());
  }

  /** How long to wait after so many attempts, at least one. */
  public Duration after(int attempts) {
    long doubled = first.toMillis() << Math.min(DOUBLINGS, Math.max(0, attempts - 1));
    long bound = Math.max(1, Math.min(doubled < 0 ? most.toMillis() : doubled, most.toMillis()));
    return Duration.ofMillis(bound - random.nextLong(bound / 2 + 1));
  }
}
