package org.muster.sql;

import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.muster.storage.StorageException;

/** Lets one transaction write after the other. Thread-safe. */
public final class Turns {
  private static final int WAIT_SECONDS = 10;

  private final Transactions transactions;
  private final Semaphore free = new Semaphore(1);
  private volatile @Nullable Object holder;

  public Turns(Transactions transactions) {
    this.transactions = transactions;
  }

  /** Waits until no other transaction writes; the turn ends with the caller's transaction. */
  public void take() {
    Object transaction = transactions.current();
    if (transaction == null || transaction.equals(holder)) {
      return;
    }
    await();
    try {
      transactions.whenEnded(this::end);
    } catch (RuntimeException e) {
      free.release();
      throw e;
    }
    holder = transaction;
  }

  private void await() {
    try {
      if (!free.tryAcquire(WAIT_SECONDS, TimeUnit.SECONDS)) {
        throw new StorageException.Unavailable(
            "Other writers did not end within " + WAIT_SECONDS + " seconds", null);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new StorageException.Unavailable("The wait for other writers was interrupted", e);
    }
  }

  private void end() {
    holder = null;
    free.release();
  }
}
