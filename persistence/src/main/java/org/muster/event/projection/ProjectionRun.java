package org.muster.event.projection;

import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.muster.event.Projection;
import org.muster.storage.StorageException;

/**
 * Runs one projection on this node until it is closed. A page that fails is tried again after a
 * pause, which grows; nothing is skipped.
 */
final class ProjectionRun implements Runnable {
  private static final Logger LOG = System.getLogger(ProjectionRun.class.getName());
  private static final Duration SHORTEST_PAUSE = Duration.ofSeconds(1);
  private static final Duration LONGEST_PAUSE = Duration.ofMinutes(1);

  private final Projection projection;
  private final Steps steps;
  private final Duration interval;
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition changed = lock.newCondition();
  private final AtomicLong failures = new AtomicLong();
  private boolean told;
  private boolean closed;

  /**
   * A run.
   *
   * @param interval how long to wait for more events without being told
   */
  ProjectionRun(Projection projection, Steps steps, Duration interval) {
    this.projection = projection;
    this.steps = steps;
    this.interval = interval;
  }

  @Override
  public void run() {
    Duration pause = SHORTEST_PAUSE;
    try {
      while (!isClosed()) {
        try {
          if (!steps.step()) {
            await(interval, true);
          }
          pause = SHORTEST_PAUSE;
        } catch (Steps.Overtaken e) {
          await(interval, false);
        } catch (RuntimeException | StackOverflowError | LinkageError e) {
          failed(e);
          await(pause, false);
          Duration longer = pause.multipliedBy(2);
          pause = longer.compareTo(LONGEST_PAUSE) < 0 ? longer : LONGEST_PAUSE;
        }
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void failed(Throwable failure) {
    if (isClosed()) {
      return; // what it needs is gone before it is
    }
    failures.incrementAndGet();
    LOG.log(
        Level.WARNING,
        "A projection has failed, and will try again: " + projection.name(),
        failure);
    try {
      steps.fail(
          failure instanceof StorageException known
              ? String.valueOf(known.getMessage())
              : "An unexpected failure; the log has it");
    } catch (RuntimeException e) {
      LOG.log(Level.DEBUG, "The failure of a projection could not be kept", e);
    }
  }

  /** How often a step has failed on this node. */
  long failures() {
    return failures.get();
  }

  /** Says that there may be something to do. */
  void wake() {
    lock.lock();
    try {
      told = true;
      changed.signalAll();
    } finally {
      lock.unlock();
    }
  }

  /** Ends it after the step that it is at. */
  void close() {
    lock.lock();
    try {
      closed = true;
      changed.signalAll();
    } finally {
      lock.unlock();
    }
  }

  private boolean isClosed() {
    lock.lock();
    try {
      return closed;
    } finally {
      lock.unlock();
    }
  }

  private void await(Duration longest, boolean wakes) throws InterruptedException {
    lock.lock();
    try {
      long left = longest.toNanos();
      while (!closed && !(wakes && told) && left > 0) {
        left = changed.awaitNanos(left);
      }
      told = false;
    } finally {
      lock.unlock();
    }
  }
}
