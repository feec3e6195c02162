package org.muster.cache.twolevel;

import java.util.function.Function;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;
import org.muster.cache.CacheLevel;
import org.muster.cache.CacheLevelException;
import org.muster.cache.CacheSpace;
import org.muster.cache.KeyQuery;

/**
 * Level 2 with what it takes to live without it: after a failure it is left alone for a while; what
 * is voided meanwhile is remembered, and voided there before it is used again.
 */
final class SecondLevel<V> {
  /** How much of what is remembered a read does on its way. */
  private static final int STEPS = 100;

  private final @Nullable CacheLevel<V> level;
  private final LongSupplier nanos;
  private final long pauseNanos;
  private final Counters counters;
  private final Remembered remembered;
  private volatile boolean closed = true;
  private boolean repairing;
  private long retryNanos;

  SecondLevel(
      @Nullable CacheLevel<V> level, CacheSettings settings, Timing timing, Counters counters) {
    this.level = level;
    this.nanos = timing.nanos();
    this.pauseNanos = settings.outage().pause().toNanos();
    this.counters = counters;
    this.remembered = new Remembered(settings.outage().maxRemembered());
  }

  boolean isPresent() {
    return level != null;
  }

  /** Whether nothing is known that keeps it from being used. */
  boolean answers() {
    return level == null || (closed && level.coherence().isConnected());
  }

  /** What the level says; null if it is not there or does not answer. */
  <T> @Nullable T ask(CacheSpace space, Function<CacheLevel<V>, T> question) {
    CacheLevel<V> asked = usable(space);
    if (asked == null) {
      return null;
    }
    try {
      return question.apply(asked);
    } catch (CacheLevelException e) {
      failed(space);
      return null;
    }
  }

  /** What the level says of no space in particular; null if there is none or it does not answer. */
  <T> @Nullable T askAny(Function<CacheLevel<V>, T> question) {
    CacheLevel<V> asked = level;
    if (asked == null || !closed || !asked.coherence().isConnected()) {
      return null;
    }
    try {
      return question.apply(asked);
    } catch (CacheLevelException e) {
      synchronized (this) {
        open();
      }
      return null;
    }
  }

  /** How many entries there were; null if the level does not know of it, but will. */
  @Nullable Long tell(Voiding voiding) {
    CacheLevel<V> told = level;
    if (told == null) {
      return 0L;
    }
    if (!mayTell(voiding)) {
      return null;
    }
    try {
      return voiding.in(told);
    } catch (CacheLevelException e) {
      voiding.space().ifPresent(this::count);
      remember(voiding);
      return null;
    }
  }

  /** Voids it before the level is used again; the level is not used until then. */
  synchronized void remember(Voiding voiding) {
    remembered.add(voiding);
    if (closed) {
      open();
    }
  }

  private synchronized boolean mayTell(Voiding voiding) {
    if (!closed) {
      remembered.add(voiding);
    }
    return closed;
  }

  private void failed(CacheSpace space) {
    count(space);
    synchronized (this) {
      open();
    }
  }

  private void count(CacheSpace space) {
    counters.of(space).failures.increment();
  }

  private void open() {
    closed = false;
    retryNanos = nanos.getAsLong() + pauseNanos;
  }

  private @Nullable CacheLevel<V> usable(CacheSpace space) {
    CacheLevel<V> asked = level;
    if (asked == null || !asked.coherence().isConnected()) {
      return null;
    }
    return closed || (begins() && isRepaired(asked, space)) ? asked : null;
  }

  private synchronized boolean begins() {
    if (repairing || nanos.getAsLong() - retryNanos < 0) {
      return false;
    }
    repairing = true;
    return true;
  }

  /** One caller at a time tries the level, and does what was remembered. */
  private boolean isRepaired(CacheLevel<V> asked, CacheSpace space) {
    try {
      asked.keys(new KeyQuery(space, "", "", 1));
      for (int i = 0; i < STEPS; i++) {
        Voiding next = next();
        if (next == null) {
          return true;
        }
        doAgain(asked, next);
      }
      return false;
    } catch (CacheLevelException e) {
      failed(space);
      return false;
    } finally {
      synchronized (this) {
        repairing = false;
      }
    }
  }

  private void doAgain(CacheLevel<V> asked, Voiding voiding) {
    boolean done = false;
    try {
      voiding.in(asked);
      done = true;
    } finally {
      if (!done) {
        synchronized (this) {
          remembered.add(voiding);
        }
      }
    }
  }

  /** Null if nothing is left: then the level is in use again. */
  private synchronized @Nullable Voiding next() {
    Voiding next = remembered.poll();
    if (next == null) {
      closed = true;
    }
    return next;
  }
}
