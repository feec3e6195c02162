package org.muster.cache.heap;

/**
 * A clearing: what was put before it is dead, and slots where nothing was put since have its mark
 * for a while.
 *
 * @param mark a negative number; of two, the smaller one came later
 * @param untilNanos moment of the level's ticker until which vacant slots have it
 */
record Floor(long mark, long untilNanos) {
  /** That of a space that nobody finds any more: nothing is put there again. */
  static final Floor RETIRED = new Floor(Long.MIN_VALUE, 0);

  /** The one that came later. */
  Floor or(Floor other) {
    return other.mark < mark ? other : this;
  }

  boolean isRetired() {
    return mark == Long.MIN_VALUE;
  }

  boolean isFresh(long nowNanos) {
    return nowNanos - untilNanos < 0;
  }
}
