package org.muster.storage.behind;

import java.time.Duration;
import java.util.Set;

/**
 * What is acknowledged early, and how much of it there may be.
 *
 * @param collections whose documents are; none with a name that begins with {@code $}
 * @param delay how long a write waits for others of its key to be written with it; may be 0
 * @param maxEntries how many may be pending, at least 1
 * @param maxBytes how many bytes of the log they may have, at least 1
 * @param patience how long who finds it full waits, and who has to see what is pending in the store
 */
public record BehindSettings(
    Set<String> collections, Duration delay, long maxEntries, long maxBytes, Duration patience) {
  public BehindSettings {
    collections = Set.copyOf(collections);
    if (collections.isEmpty()
        || maxEntries < 1
        || maxBytes < 1
        || delay.isNegative()
        || patience.compareTo(Duration.ZERO) <= 0) {
      throw new IllegalArgumentException("Not settings of a queue");
    }
  }
}
