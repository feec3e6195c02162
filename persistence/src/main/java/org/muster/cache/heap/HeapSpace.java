package org.muster.cache.heap;

import java.util.Iterator;
import java.util.concurrent.ConcurrentSkipListSet;
import java.util.concurrent.atomic.LongAdder;
import org.muster.cache.KeyQuery;
import org.muster.cache.LevelStats;
import org.muster.kernel.Folding;

/**
 * A space: its keys in order, its counters, its last clearing. Entries know theirs, so that a hit
 * is counted without looking for it.
 */
final class HeapSpace {
  final LongAdder hits = new LongAdder();
  final LongAdder misses = new LongAdder();
  private final LongAdder puts = new LongAdder();
  private final LongAdder entries = new LongAdder();
  private final LongAdder bytes = new LongAdder();
  private final LongAdder evictions = new LongAdder();
  private final LongAdder expirations = new LongAdder();
  private final ConcurrentSkipListSet<String> keys =
      new ConcurrentSkipListSet<>(Folding.CODE_POINTS);
  private final Marks marks;

  /** Whether what it has counted is kept elsewhere; guarded by the lock of these totals. */
  boolean isInTotals;

  private volatile Floor floor;

  HeapSpace(Marks marks, Floor floor) {
    this.marks = marks;
    this.floor = floor;
  }

  /** The latest clearing, of this space or of all. */
  Floor floor() {
    return floor.or(marks.floorOfAll());
  }

  /** Whatever was put before this returned is dead. */
  synchronized void raiseFloor() {
    floor = floor.or(marks.newFloor());
  }

  synchronized void retire() {
    floor = Floor.RETIRED;
  }

  /** Called under the lock of the key. */
  void entered(Held<?> held) {
    if (held.isEntry()) {
      puts.increment();
      keys.add(held.key().text());
      entries.increment();
      bytes.add(held.weight());
    }
  }

  /** Called under the lock of the key. */
  void left(Held<?> held, boolean expired) {
    if (held.isEntry()) {
      keys.remove(held.key().text());
      entries.decrement();
      bytes.add(-held.weight());
      if (expired) {
        expirations.increment();
      }
    } else {
      marks.forgotten();
    }
  }

  /** Called under the lock of the key. */
  void gaveWay(Held<?> held) {
    left(held, false);
    if (held.isEntry()) {
      evictions.increment();
    }
  }

  /** All keys, in order; some may be over. */
  Iterable<String> keys() {
    return keys;
  }

  /** Keys from where the query goes on, in order; the caller looks at the prefix. */
  Iterator<String> keys(KeyQuery query) {
    return Folding.CODE_POINTS.compare(query.after(), query.prefix()) < 0
        ? keys.tailSet(query.prefix(), true).iterator()
        : keys.tailSet(query.after(), query.after().isEmpty()).iterator();
  }

  boolean hasEntries() {
    return entries.sum() > 0;
  }

  long expirations() {
    return expirations.sum();
  }

  LevelStats stats() {
    return new LevelStats(
        hits.sum(),
        misses.sum(),
        puts.sum(),
        entries.sum(),
        bytes.sum(),
        evictions.sum(),
        expirations.sum(),
        0,
        0);
  }
}
