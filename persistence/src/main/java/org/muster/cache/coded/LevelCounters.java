package org.muster.cache.coded;

import java.util.concurrent.atomic.LongAdder;
import org.muster.cache.LevelStats;

/** Counts what was done for a space. Thread-safe. */
public final class LevelCounters {
  private final LongAdder hits = new LongAdder();
  private final LongAdder misses = new LongAdder();
  private final LongAdder puts = new LongAdder();
  private final LongAdder evictions = new LongAdder();
  private final LongAdder expirations = new LongAdder();
  private final LongAdder corrupt = new LongAdder();
  private final LongAdder failures = new LongAdder();

  /** A read found an entry, or none. */
  public void read(boolean hit) {
    (hit ? hits : misses).increment();
  }

  /** An entry was put. */
  public void put() {
    puts.increment();
  }

  /** An entry gave way. */
  public void evicted() {
    evictions.increment();
  }

  /** The lifetimes of entries were over. */
  public void expired(long entries) {
    expirations.add(entries);
  }

  /** An entry could not be read. */
  public void corrupt() {
    corrupt.increment();
  }

  /** A call was not answered. */
  public void failed() {
    failures.increment();
  }

  /** All that was counted, and what is there. */
  public LevelStats stats(long entries, long bytes) {
    return new LevelStats(
        hits.sum(),
        misses.sum(),
        puts.sum(),
        entries,
        bytes,
        evictions.sum(),
        expirations.sum(),
        corrupt.sum(),
        failures.sum());
  }
}
