package org.muster.cache;

import java.util.concurrent.atomic.AtomicLongArray;

/** What caches are in front of: numbers that only rise, and what their writers have told of. */
public final class Database {
  private final AtomicLongArray committed;
  private final AtomicLongArray acknowledged;

  public Database(int size) {
    committed = new AtomicLongArray(size);
    acknowledged = new AtomicLongArray(size);
  }

  public int size() {
    return committed.length();
  }

  public long read(int number) {
    return committed.get(number);
  }

  /** Commits a change. */
  public long write(int number) {
    return committed.incrementAndGet(number);
  }

  /** Says that the writer has been told: who reads from now on sees this or something later. */
  public void acknowledge(int number, long written) {
    acknowledged.accumulateAndGet(number, written, Math::max);
  }

  public long acknowledged(int number) {
    return acknowledged.get(number);
  }
}
