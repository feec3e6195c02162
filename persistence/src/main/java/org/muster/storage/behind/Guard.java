package org.muster.storage.behind;

import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;
import org.muster.storage.StorageException;

/**
 * The one lock of all that is pending, and how its holders wait for each other. Nobody who has it
 * does anything but look at what is pending and change it. Thread-safe.
 */
final class Guard {
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition changed = lock.newCondition();
  private final Duration patience;

  /**
   * Makes one.
   *
   * @param patience how long somebody waits in all
   */
  Guard(Duration patience) {
    this.patience = patience;
  }

  <T> T locked(Supplier<T> action) {
    lock.lock();
    try {
      return action.get();
    } finally {
      lock.unlock();
    }
  }

  void run(Runnable action) {
    lock.lock();
    try {
      action.run();
    } finally {
      lock.unlock();
    }
  }

  /** Wakes who waits; for who has the lock. */
  void changed() {
    changed.signalAll();
  }

  /** Until something has changed, or may have; for who has the lock. */
  @SuppressWarnings("WaitNotInLoop") // whoever calls it does so in one
  void awaitAtMost(long nanos) {
    try {
      changed.await(nanos, TimeUnit.NANOSECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new StorageException.Unavailable("Interrupted", e);
    }
  }

  Patience patience() {
    return new Patience(System.nanoTime() + patience.toNanos());
  }

  /** How long somebody goes on waiting; for who has the lock. */
  final class Patience {
    private final long endNanos;

    private Patience(long endNanos) {
      this.endNanos = endNanos;
    }

    /** Until something has changed; false if it is over. */
    boolean await() {
      long left = endNanos - System.nanoTime();
      if (left <= 0) {
        return false;
      }
      awaitAtMost(left);
      return true;
    }

    void awaitStore() {
      if (!await()) {
        throw new StorageException.Unavailable(
            "The store did not get in time what was acknowledged before", null);
      }
    }
  }
}
