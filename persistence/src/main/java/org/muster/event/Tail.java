package org.muster.event;

import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;

/**
 * Follows a store: hands over page after page, and looks for more when it is told that there is
 * some, or after a short while, since other nodes write too.
 */
public final class Tail implements Runnable, EventStore.Subscription {
  private static final Logger LOG = System.getLogger(Tail.class.getName());
  private static final int PAGE = 500;
  private static final Duration LONGEST_PAUSE = Duration.ofSeconds(5);

  private final EventStore store;
  private final EventFilter filter;
  private final Consumer<EventPage> subscriber;
  private final Duration interval;
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition changed = lock.newCondition();
  private Position position;
  private boolean told;
  private boolean closed;

  /**
   * Follows from a position on, when run.
   *
   * @param interval how long to wait for more without being told
   */
  public Tail(
      EventStore store,
      Position after,
      EventFilter filter,
      Consumer<EventPage> subscriber,
      Duration interval) {
    this.store = store;
    this.position = after;
    this.filter = filter;
    this.subscriber = subscriber;
    this.interval = interval;
  }

  /** Says that there may be more. */
  public void wake() {
    lock.lock();
    try {
      told = true;
      changed.signalAll();
    } finally {
      lock.unlock();
    }
  }

  /** A page that is being handed over is the last one. */
  @Override
  public void close() {
    lock.lock();
    try {
      closed = true;
      changed.signalAll();
    } finally {
      lock.unlock();
    }
  }

  @Override
  public void run() {
    Duration pause = interval;
    while (true) {
      try {
        pause = step() ? Duration.ZERO : interval;
      } catch (RuntimeException e) {
        LOG.log(Level.WARNING, "A subscriber of the events, or their store, failed", e);
        pause = longer(pause);
      }
      if (!await(pause)) {
        return;
      }
    }
  }

  private Duration longer(Duration pause) {
    Duration doubled = pause.isZero() ? interval : pause.multipliedBy(2);
    return doubled.compareTo(LONGEST_PAUSE) < 0 ? doubled : LONGEST_PAUSE;
  }

  /** Whether there may be more at once. */
  private boolean step() {
    EventPage page = store.after(position, filter, PAGE);
    if (!page.events().isEmpty()) {
      subscriber.accept(page);
    }
    position = page.next();
    return !page.complete();
  }

  /** Whether to go on. */
  private boolean await(Duration pause) {
    lock.lock();
    try {
      long left = pause.toNanos();
      while (!closed && !told && left > 0) {
        left = changed.awaitNanos(left);
      }
      told = false;
      return !closed;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    } finally {
      lock.unlock();
    }
  }
}
