package org.muster.feed;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.function.Supplier;
import org.muster.storage.StorageException;

/** How far behind somebody is, looked at now and then, however often it is asked. Thread-safe. */
final class Lag {
  private static final Duration KEPT = Duration.ofSeconds(15);

  private final Supplier<Optional<Instant>> oldest;
  private final Clock clock;
  private Instant looked = Instant.MIN;
  private long seconds;

  /**
   * A lag that nobody has looked at.
   *
   * @param oldest what is to be done first; empty if there is nothing
   */
  Lag(Supplier<Optional<Instant>> oldest, Clock clock) {
    this.oldest = oldest;
    this.clock = clock;
  }

  /** The age of what is to be done first, in seconds; what was known last while that can't be. */
  synchronized long seconds() {
    Instant now = clock.instant();
    if (looked.isBefore(now.minus(KEPT))) {
      looked = now;
      try {
        seconds =
            oldest
                .get()
                .map(time -> Math.max(0, Duration.between(time, now).toSeconds()))
                .orElse(0L);
      } catch (StorageException e) {
        return seconds; // the storage has metrics of its own
      }
    }
    return seconds;
  }
}
