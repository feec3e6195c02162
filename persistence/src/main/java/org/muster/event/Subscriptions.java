package org.muster.event;

import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Those who follow a store, each on a thread of the executor; what is new is read once for all of
 * them, on one more. Thread-safe.
 */
public final class Subscriptions {
  private final Executor executor;
  private final Duration interval;
  private final Set<Tail> open = ConcurrentHashMap.newKeySet();
  private volatile @Nullable Watch watch;

  /**
   * No subscriptions yet.
   *
   * @param executor has a thread for each of them, and one more
   * @param interval after how long to look for more without being told
   */
  public Subscriptions(Executor executor, Duration interval) {
    this.executor = executor;
    this.interval = interval;
  }

  /** Follows a store, the same each time. */
  public EventStore.Subscription start(
      EventStore store, Position after, EventFilter filter, Consumer<EventPage> subscriber) {
    Tail tail = new Tail(store, after, filter, subscriber);
    add(tail, store);
    try {
      executor.execute(
          () -> {
            try {
              tail.run();
            } finally {
              open.remove(tail);
            }
          });
    } catch (RuntimeException e) {
      open.remove(tail);
      throw e;
    }
    return tail;
  }

  /** Before the tail reads, so that what the watch reads from then on gets to it. */
  private synchronized void add(Tail tail, EventStore store) {
    open.add(tail);
    if (watch == null) {
      Watch begun = new Watch(store, interval, this::isWatched, this::look, this::offer);
      try {
        executor.execute(begun);
      } catch (RuntimeException e) {
        open.remove(tail);
        throw e;
      }
      watch = begun;
    }
  }

  private synchronized boolean isWatched() {
    if (open.isEmpty() || Thread.currentThread().isInterrupted()) {
      watch = null;
      return false;
    }
    return true;
  }

  private void look() {
    open.forEach(Tail::look);
  }

  private void offer(Span span) {
    open.forEach(tail -> tail.offer(span));
  }

  /** Says that there may be more. */
  public void wake() {
    Watch watching = watch;
    if (watching != null) {
      watching.wake();
    }
  }

  /** Whether somebody wants to know. */
  public boolean isEmpty() {
    return open.isEmpty();
  }
}
