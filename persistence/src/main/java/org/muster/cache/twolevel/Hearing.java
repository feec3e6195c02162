package org.muster.cache.twolevel;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.LongSupplier;
import org.muster.cache.Coherence;

/** Whether this node hears what others do, so that what it has may be relied upon. */
final class Hearing {
  private final Coherence coherence;
  private final LongSupplier nanos;
  private final long aloneNanos;
  private final boolean remembersTime;
  private final Runnable forget;
  private final boolean tells;
  private final ReentrantLock forgetting = new ReentrantLock();
  private final AtomicInteger losses = new AtomicInteger();
  private volatile long lastHeardNanos;

  /** How many of the losses nothing is left of. */
  private volatile int dropped;

  /**
   * Makes one.
   *
   * @param alone for how long level 1 is relied upon without hearing
   * @param forget drops what may be stale
   * @param tells whether an interruption in which nothing can have been missed does no harm: then
   *     {@link #distrust} is called if something can
   */
  Hearing(Coherence coherence, Duration alone, LongSupplier nanos, Runnable forget, boolean tells) {
    this.coherence = coherence;
    this.nanos = nanos;
    this.forget = forget;
    this.tells = tells;
    boolean endless = alone.compareTo(Duration.ofDays(36_500)) >= 0;
    this.aloneNanos = endless ? Long.MAX_VALUE : alone.toNanos();
    this.remembersTime = !endless && !alone.isZero();
    this.lastHeardNanos = nanos.getAsLong();
  }

  /** Called with each read; waits for nobody. */
  boolean isHeard() {
    if (!isConnected()) {
      return isRelied();
    }
    return dropped == losses.get() || regains(forgetting.tryLock());
  }

  /** Likewise, for who writes: what is being dropped is gone before. */
  boolean isHeardAfterAll() {
    if (!isConnected()) {
      return isRelied();
    }
    if (dropped == losses.get()) {
      return true;
    }
    forgetting.lock();
    return regains(true);
  }

  private boolean isConnected() {
    boolean connected = coherence.isConnected();
    if (connected && remembersTime) {
      lastHeardNanos = nanos.getAsLong();
    }
    return connected;
  }

  /** Something may have been missed: what is there is dropped before it is relied upon again. */
  void distrust() {
    losses.incrementAndGet();
  }

  private boolean isRelied() {
    if (!tells) {
      int seen = dropped;
      losses.compareAndSet(seen, seen + 1);
    }
    return aloneNanos == Long.MAX_VALUE
        || (remembersTime && nanos.getAsLong() - lastHeardNanos < aloneNanos);
  }

  /**
   * Levels tell when something may have been missed; who does not is not trusted either.
   *
   * @param isMine whether the lock was taken; if not, somebody else drops what there is
   */
  private boolean regains(boolean isMine) {
    if (!isMine) {
      return false;
    }
    try {
      int seen = losses.get();
      if (seen != dropped) {
        forget.run();
        dropped = seen;
      }
      return seen == losses.get() && coherence.isConnected();
    } finally {
      forgetting.unlock();
    }
  }
}
