package org.muster.event;

import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import java.util.function.Consumer;

/** Those who follow a store, each on a thread of the executor. Thread-safe. */
public final class Subscriptions {
  private final Executor executor;
  private final Duration interval;
  private final Set<Tail> open = ConcurrentHashMap.newKeySet();

  /**
   * No subscriptions yet.
   *
   * @param executor has a thread for each of them
   * @param interval how long each waits for more without being told
   */
  public Subscriptions(Executor executor, Duration interval) {
    this.executor = executor;
    this.interval = interval;
  }

  /** Follows a store. */
  public EventStore.Subscription start(
      EventStore store, Position after, EventFilter filter, Consumer<EventPage> subscriber) {
    Tail tail = new Tail(store, after, filter, subscriber, interval);
    open.add(tail);
    executor.execute(
        () -> {
          try {
            tail.run();
          } finally {
            open.remove(tail);
          }
        });
    return tail;
  }

  /** Says that there may be more. */
  public void wake() {
    open.forEach(Tail::wake);
  }

  /** Whether somebody wants to know. */
  public boolean isEmpty() {
    return open.isEmpty();
  }
}
