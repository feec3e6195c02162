package org.muster.cache.heap;

import java.time.Duration;

/**
 * How much a level in the heap keeps.
 *
 * @param maxBytes weight of all entries together
 * @param guard for how long a voided key is remembered
 * @param maxMarks voided keys that are remembered one by one; beyond that many, voiding a key makes
 *     all loads fail that others are doing at the time
 * @param maxSpaces spaces that are counted and listed; of more, those that are used least are
 *     cleared and their counters begin anew
 */
public record HeapBounds(long maxBytes, Duration guard, int maxMarks, int maxSpaces) {
  public HeapBounds {
    if (maxBytes < 1 || maxMarks < 1 || maxSpaces < 1) {
      throw new IllegalArgumentException("A level in the heap needs bounds of at least 1");
    }
    if (guard.toMillis() < 1 || guard.toDays() > 1) {
      throw new IllegalArgumentException("A guard is 1 millisecond to 1 day");
    }
  }

  /** So many bytes and that guard; 65,536 marks, some 10 MB, and 10,000 spaces. */
  public HeapBounds(long maxBytes, Duration guard) {
    this(maxBytes, guard, 65_536, 10_000);
  }
}
