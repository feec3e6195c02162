package org.muster.sql;

import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** What the store has to know of the transactions in which it writes. */
public interface Transactions {
  /** For stores that have none. */
  Transactions NONE = new NoTransactions();

  /** Stands for the transaction of the calling thread, and equals no other; null if it has none. */
  @Nullable Object current();

  /**
   * What was kept for the transaction of the calling thread; null if nothing was, or it has none.
   */
  @Nullable Object kept(Object key);

  /** Keeps something for the transaction of the calling thread, which has one, until it ends. */
  void keep(Object key, Object value);

  /** Runs something, on any thread, when the transaction of the calling thread has ended. */
  void whenEnded(Runnable action);

  /**
   * Runs something, on any thread, when the transaction of the calling thread has ended, and tells
   * it whether that was by a commit for sure.
   */
  void whenDecided(Consumer<Boolean> action);
}
