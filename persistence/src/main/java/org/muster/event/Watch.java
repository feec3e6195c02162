package org.muster.event;

import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;

/**
 * Reads what is new in a store, once for all tails of the process: when it is told that there is
 * some, and after a short while, since other nodes write too.
 */
final class Watch implements Runnable {
  private static final Logger LOG = System.getLogger(Watch.class.getName());
  private static final int PAGE = 200;

  /** Between two looks, however often it is told: what is committed meanwhile comes together. */
  private static final long REST_MILLIS = 2;

  private static final Duration PAUSE = Duration.ofSeconds(1);

  private final EventStore store;
  private final Duration interval;
  private final BooleanSupplier goOn;
  private final Runnable lost;
  private final Consumer<Span> found;
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition changed = lock.newCondition();
  private boolean told;

  /**
   * Watches a store, when run.
   *
   * @param interval how long to wait for more without being told
   * @param goOn whether somebody still follows
   * @param lost is called when what is before the next span was not read here
   * @param found takes what was read
   */
  Watch(
      EventStore store,
      Duration interval,
      BooleanSupplier goOn,
      Runnable lost,
      Consumer<Span> found) {
    this.store = store;
    this.interval = interval;
    this.goOn = goOn;
    this.lost = lost;
    this.found = found;
  }

  /** Says that there may be more. */
  void wake() {
    lock.lock();
    try {
      told = true;
      changed.signalAll();
    } finally {
      lock.unlock();
    }
  }

  @Override
  public void run() {
    while (goOn.getAsBoolean()) {
      try {
        follow(store.end());
        return;
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      } catch (RuntimeException e) {
        // from the end again: what can't be read here is for those who want it
        LOG.log(Level.WARNING, "New events could not be read; the next look is at the end", e);
        pause();
      }
    }
  }

  private void follow(Position end) throws InterruptedException {
    lost.run();
    Position from = end;
    Position position = end;
    while (goOn.getAsBoolean()) {
      EventPage page = store.after(position, EventFilter.ALL, PAGE);
      if (!page.events().isEmpty()) {
        found.accept(new Span(from, page));
        from = page.next();
      }
      position = page.next();
      if (page.complete()) {
        await();
      }
    }
  }

  private void await() throws InterruptedException {
    TimeUnit.MILLISECONDS.sleep(REST_MILLIS);
    lock.lock();
    try {
      long left = interval.toNanos();
      while (!told && left > 0) {
        left = changed.awaitNanos(left);
      }
      told = false;
    } finally {
      lock.unlock();
    }
  }

  private static void pause() {
    try {
      TimeUnit.MILLISECONDS.sleep(PAUSE.toMillis());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
