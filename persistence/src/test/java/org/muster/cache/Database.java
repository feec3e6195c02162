package org.muster.cache;

import java.util.concurrent.atomic.AtomicLongArray;

/** What caches are in front of: numbers that only rise, and what their writers have told of. */
final class Database {
  private final AtomicLongArray committed;
  private final AtomicLongArray acknowledged;

  Database(int size) {
    committed = new AtomicLongArray(size);
    acknowledged = new AtomicLongArray(size);
  }

  int size() {
    return committed.length();
  }

  long read(int number) {
    return committed.get(number);
  }

  /** Commits a change. */
  long write(int number) {
    return committed.incrementAndGet(number);
  }

  /** Says that the writer has been told: who reads from now on sees this or something later. */
  void acknowledge(int number, long written) {
    acknowledged.accumulateAndGet(number, written, Math::max);
  }

  long acknowledged(int number) {
    return acknowledged.get(number);
  }
}
