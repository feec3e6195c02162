package org.muster.cache.heap;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

/**
 * What has a time, in buckets of a second, so that what is over is found without a look at the
 * rest. A bucket comes round again and again; what has more time than that stays on. Reading costs
 * nothing: what was read meanwhile is put elsewhere when its bucket comes.
 */
final class Wheel<V> {
  private static final int BUCKETS = 512;
  private static final long TICK_NANOS = 1_000_000_000;
  private static final long MOST_NANOS = TICK_NANOS * (BUCKETS - 2);

  private final List<Ring<V>> buckets =
      IntStream.range(0, BUCKETS).mapToObj(i -> new Ring<V>()).toList();
  private final Ring<V> looking = new Ring<>();
  private final long startNanos;
  private long nextTick;
  private volatile long dueNanos;

  /** A wheel that begins to turn at this moment of the ticker. */
  Wheel(long nowNanos) {
    startNanos = nowNanos;
    dueNanos = nowNanos;
  }

  private long tick(long nanos) {
    return (nanos - startNanos) / TICK_NANOS;
  }

  private Ring<V> bucket(long tick) {
    return buckets.get((int) (tick % BUCKETS));
  }

  /** Takes one in, if it has a time. */
  void add(Held<V> held, long nowNanos) {
    if (!held.isEndless()) {
      synchronized (this) {
        place(held, nowNanos);
      }
    }
  }

  private void place(Held<V> held, long nowNanos) {
    long end = nowNanos + Math.min(held.remainingNanos(nowNanos), MOST_NANOS);
    bucket(Math.max(tick(end) + 1, nextTick)).add(held); // when that one comes it is over
  }

  /** Lets one go, if it is there. */
  void remove(Held<V> held) {
    if (!held.isEndless()) {
      synchronized (this) {
        Ring.remove(held);
      }
    }
  }

  /** Whether it is time to ask for what is over. */
  boolean isDue(long nowNanos) {
    return nowNanos - dueNanos >= 0;
  }

  /**
   * Lets go of what is over.
   *
   * @param most how many are looked at; what is left comes next time
   */
  synchronized List<Held<V>> over(long nowNanos, int most) {
    List<Held<V>> found = new ArrayList<>();
    long tick = tick(nowNanos);
    nextTick = Math.max(nextTick, tick - BUCKETS + 1);
    for (int looked = 0; looked < most; ) {
      Held<V> each = looking.first();
      if (each != null) {
        looked++;
        Ring.remove(each);
        if (each.isOver(nowNanos)) {
          found.add(each);
        } else {
          place(each, nowNanos);
        }
      } else if (nextTick <= tick) {
        looking.addAllOf(bucket(nextTick));
        nextTick++;
      } else {
        dueNanos = startNanos + nextTick * TICK_NANOS;
        break;
      }
    }
    return found;
  }
}
