package org.muster.cache.heap;

import org.muster.cache.Slot;

/** What lies under a key: an entry, or the mark of voiding. */
final class Held<V> {
  private final Slot<V> slot;
  private final HeapSpace space;
  private final Floor floor;
  private final int weight;
  private final long deadlineNanos;
  private final long idleNanos;
  private boolean timed;

  /**
   * Makes one.
   *
   * @param floor the latest clearing when it was put
   * @param weight 0 for a mark, so that it does not give way to entries
   * @param deadlineNanos moment of the ticker from which on it is not served
   * @param idleNanos 0 for no limit
   */
  Held(Slot<V> slot, HeapSpace space, Floor floor, int weight, long deadlineNanos, long idleNanos) {
    this.slot = slot;
    this.space = space;
    this.floor = floor;
    this.weight = weight;
    this.deadlineNanos = deadlineNanos;
    this.idleNanos = idleNanos;
  }

  Slot<V> slot() {
    return slot;
  }

  HeapSpace space() {
    return space;
  }

  int weight() {
    return weight;
  }

  boolean isEntry() {
    return weight > 0;
  }

  /** Whether there was no clearing since. */
  boolean isAlive() {
    return space.floor().mark() == floor.mark();
  }

  /** How long it has from now on if it is not read. */
  long remainingNanos(long nowNanos) {
    long remaining = Math.max(1, deadlineNanos - nowNanos);
    return idleNanos == 0 ? remaining : Math.min(remaining, idleNanos);
  }

  boolean hasIdleTime() {
    return idleNanos > 0;
  }

  /** Whether this is the first time that it is asked; called under the lock of its key alone. */
  boolean begins() {
    boolean first = !timed;
    timed = true;
    return first;
  }
}
