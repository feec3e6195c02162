package org.muster.cache.heap;

import org.muster.cache.CacheKey;
import org.muster.cache.Slot;

/** What lies under a key: an entry, or the mark of voiding. */
final class Held<V> extends Ring.Link {
  /** The time of what has none. */
  static final long ENDLESS = Long.MAX_VALUE;

  private final CacheKey key;
  private final Slot<V> slot;
  private final HeapSpace space;
  private final Floor floor;
  private final int weight;
  private final long beginNanos;
  private final long ttlNanos;
  private final long idleNanos;
  private volatile long readNanos;

  /**
   * When it is over, by the ticker.
   *
   * @param beginNanos when it was put
   * @param ttlNanos how long after that it is over; {@link #ENDLESS} for never
   * @param idleNanos how long after the last read; 0 for never
   */
  record Times(long beginNanos, long ttlNanos, long idleNanos) {}

  /**
   * Makes one.
   *
   * @param floor the latest clearing when it was put
   * @param weight 0 for a mark, so that it does not give way to entries
   */
  Held(CacheKey key, Slot<V> slot, HeapSpace space, Floor floor, int weight, Times times) {
    this.key = key;
    this.slot = slot;
    this.space = space;
    this.floor = floor;
    this.weight = weight;
    this.beginNanos = times.beginNanos();
    this.ttlNanos = times.ttlNanos();
    this.idleNanos = times.idleNanos();
    this.readNanos = times.beginNanos();
  }

  CacheKey key() {
    return key;
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

  boolean isEndless() {
    return ttlNanos == ENDLESS && idleNanos == 0;
  }

  boolean isOver(long nowNanos) {
    return remainingNanos(nowNanos) <= 0;
  }

  /** How long it has from now on if it is not read. */
  long remainingNanos(long nowNanos) {
    long remaining = ttlNanos == ENDLESS ? ENDLESS : ttlNanos - (nowNanos - beginNanos);
    return idleNanos == 0 ? remaining : Math.min(remaining, idleNanos - (nowNanos - readNanos));
  }

  /** It was read. */
  void touch(long nowNanos) {
    if (idleNanos > 0) {
      readNanos = nowNanos;
    }
  }
}
