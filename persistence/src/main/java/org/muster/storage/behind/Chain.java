package org.muster.storage.behind;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.muster.storage.StorageKey;

/** The pending writes of one key, in order. Guarded by {@link Guard}. */
final class Chain {
  final StorageKey key;
  private final Deque<Logged> writes = new ArrayDeque<>();

  /** The last one, for who reads without the lock. */
  private volatile @Nullable Logged last;

  /** Whether somebody is about to add one. */
  boolean held;

  /** Whether they are being written. */
  boolean flushing;

  Chain(StorageKey key) {
    this.key = key;
  }

  @Nullable Logged last() {
    return last;
  }

  @Nullable Logged first() {
    return writes.peekFirst();
  }

  List<Logged> all() {
    return new ArrayList<>(writes);
  }

  void add(Logged logged) {
    writes.addLast(logged);
    last = logged;
  }

  void removeFirst() {
    writes.removeFirst();
    last = writes.peekLast();
  }

  boolean isIdle() {
    return writes.isEmpty() && !held;
  }
}
