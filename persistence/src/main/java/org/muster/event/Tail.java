package org.muster.event;

import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;

/**
 * Follows a store: hands over page after page, of what it is offered where that goes on from where
 * it is, and of what it reads itself where not. It is offered what is new; so whoever is too slow
 * for that reads by himself until he has caught up.
 */
final class Tail implements Runnable, EventStore.Subscription {
  private static final Logger LOG = System.getLogger(Tail.class.getName());
  private static final int PAGE = 100;

  /** Characters that are kept for a subscriber that is busy; what is beyond is read again. */
  private static final long MOST_WEIGHT = 1 << 20;

  /** After which a subscriber is told that there was nothing. */
  private static final Duration QUIET = Duration.ofSeconds(1);

  private static final Duration SHORTEST_PAUSE = Duration.ofMillis(20);
  private static final Duration LONGEST_PAUSE = Duration.ofSeconds(5);

  private final EventStore store;
  private final EventFilter filter;
  private final Consumer<EventPage> subscriber;
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition changed = lock.newCondition();
  private final Queue<Span> offered = new ArrayDeque<>();
  private long weight;
  private boolean look = true;
  private boolean closed;

  // of the thread that follows
  private Position position;
  private long handedNanos = System.nanoTime();

  /** Follows from a position on, when run. */
  Tail(EventStore store, Position after, EventFilter filter, Consumer<EventPage> subscriber) {
    this.store = store;
    this.position = after;
    this.filter = filter;
    this.subscriber = subscriber;
  }

  /** Says that there may be something that is not going to be offered. */
  void look() {
    lock.lock();
    try {
      missed();
    } finally {
      lock.unlock();
    }
  }

  /** Offers what is new. */
  void offer(Span span) {
    lock.lock();
    try {
      if (weight > 0 && weight + span.weight() > MOST_WEIGHT) {
        missed();
      } else {
        offered.add(span);
        weight += span.weight();
        changed.signalAll();
      }
    } finally {
      lock.unlock();
    }
  }

  private void missed() {
    offered.clear();
    weight = 0;
    look = true;
    changed.signalAll();
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
    Duration pause = SHORTEST_PAUSE;
    try {
      while (await()) {
        try {
          step();
          pause = SHORTEST_PAUSE;
        } catch (RuntimeException e) {
          LOG.log(Level.WARNING, "A subscriber of the events, or their store, failed", e);
          look();
          if (!rest(pause)) {
            return;
          }
          pause =
              pause.multipliedBy(2).compareTo(LONGEST_PAUSE) < 0
                  ? pause.multipliedBy(2)
                  : LONGEST_PAUSE;
        }
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void step() {
    if (takeLook()) {
      EventPage page = store.after(position, filter, PAGE);
      if (!page.complete()) {
        look();
      }
      hand(page.events(), page.next(), page.complete());
      return;
    }
    Optional<Span> span = take();
    if (span.isEmpty()) {
      hand(List.of(), position, true);
    } else if (span.get().from().compareTo(position) > 0) {
      look();
    } else {
      Position next = span.get().page().next();
      Position further = next.compareTo(position) > 0 ? next : position;
      hand(span.get().wanted(position, filter), further, true);
    }
  }

  private void hand(List<Event> events, Position next, boolean complete) {
    long now = System.nanoTime();
    if (!events.isEmpty() || now - handedNanos >= QUIET.toNanos()) {
      subscriber.accept(new EventPage(events, next, complete));
      handedNanos = now;
    }
    position = next;
  }

  private boolean takeLook() {
    lock.lock();
    try {
      boolean taken = look;
      look = false;
      return taken;
    } finally {
      lock.unlock();
    }
  }

  private Optional<Span> take() {
    lock.lock();
    try {
      Optional<Span> span = Optional.ofNullable(offered.poll());
      weight -= span.map(Span::weight).orElse(0L);
      return span;
    } finally {
      lock.unlock();
    }
  }

  /** Waits for something to do; whether to go on. */
  private boolean await() throws InterruptedException {
    lock.lock();
    try {
      long left = QUIET.toNanos();
      while (!closed && !look && offered.isEmpty() && left > 0) {
        left = changed.awaitNanos(left);
      }
      return !closed;
    } finally {
      lock.unlock();
    }
  }

  /** Waits, whatever there is to do; whether to go on. */
  private boolean rest(Duration pause) throws InterruptedException {
    lock.lock();
    try {
      long left = pause.toNanos();
      while (!closed && left > 0) {
        left = changed.awaitNanos(left);
      }
      return !closed;
    } finally {
      lock.unlock();
    }
  }
}
