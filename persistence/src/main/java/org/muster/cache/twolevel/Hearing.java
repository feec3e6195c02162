package org.muster.cache.twolevel;

import java.time.Duration;
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
  private volatile long lastHeardNanos;
  private volatile boolean lost;

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

  /** Called with each read. */
  boolean isHeard() {
    if (!coherence.isConnected()) {
      return isRelied();
    }
    if (remembersTime) {
      lastHeardNanos = nanos.getAsLong();
    }
    return !lost || regained();
  }

  /** Something may have been missed: what is there is dropped before it is relied upon again. */
  synchronized void distrust() {
    lost = true;
  }

  private synchronized boolean isRelied() {
    lost |= !tells;
    return aloneNanos == Long.MAX_VALUE
        || (remembersTime && nanos.getAsLong() - lastHeardNanos < aloneNanos);
  }

  /** Levels tell when something may have been missed; who does not is not trusted either. */
  private synchronized boolean regained() {
    if (lost) {
      forget.run(); // first: until then others wait here
      lost = false;
    }
    return coherence.isConnected();
  }
}
