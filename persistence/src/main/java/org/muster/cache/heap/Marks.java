package org.muster.cache.heap;

import com.github.benmanes.caffeine.cache.Ticker;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;

/** Draws marks, none twice, and sees that not too many lie about. */
final class Marks {
  private final AtomicLong last = new AtomicLong();
  private final AtomicInteger remembered = new AtomicInteger();
  private final int most;
  private final long guardNanos;
  private final Ticker ticker;
  private volatile Floor floorOfAll;
  private volatile Floor crowded;

  Marks(HeapBounds bounds, Ticker ticker) {
    this.most = bounds.maxMarks();
    this.guardNanos = bounds.guard().toNanos();
    this.ticker = ticker;
    long now = ticker.read();
    this.floorOfAll = new Floor(0, now);
    this.crowded = new Floor(0, now);
  }

  long draw() {
    return last.decrementAndGet();
  }

  long guardNanos() {
    return guardNanos;
  }

  Floor newFloor() {
    return new Floor(draw(), ticker.read() + guardNanos);
  }

  Floor floorOfAll() {
    return floorOfAll;
  }

  synchronized void raiseFloorOfAll() {
    floorOfAll = floorOfAll.or(newFloor());
  }

  /**
   * Whether one more may be kept. If not, all slots where nothing lies change their mark, so that a
   * key that is voided without one is safe too.
   */
  boolean remember() {
    if (remembered.incrementAndGet() <= most) {
      return true;
    }
    remembered.decrementAndGet();
    synchronized (this) {
      crowded = crowded.or(newFloor());
    }
    return false;
  }

  void forgotten() {
    remembered.decrementAndGet();
  }

  /** The mark of a slot where nothing lies. */
  long ofVacant(Floor floor) {
    long now = ticker.read();
    Floor last = crowded;
    if (last.isFresh(now)) {
      return floor.isFresh(now) ? floor.or(last).mark() : last.mark();
    }
    return floor.isFresh(now) ? floor.mark() : 0;
  }
}
