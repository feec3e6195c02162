package org.muster.sql;

import org.jspecify.annotations.Nullable;

/** What the store has to know of the transactions in which it writes. */
public interface Transactions {
  /** Stands for the transaction of the calling thread, and equals no other; null if it has none. */
  @Nullable Object current();

  /** Runs something, on any thread, when the transaction of the calling thread has ended. */
  void whenEnded(Runnable action);
}
