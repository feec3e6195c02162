package org.muster.cache;

import java.time.Duration;
import java.util.Random;
import java.util.Set;
import java.util.function.Supplier;
import org.muster.kernel.TenantId;

/**
 * A level that fails by a seed: a call fails before it does anything, or after it has done all (so
 * that its outcome is unknown), or takes its time. The same seed and the same calls in the same
 * order fail alike. Thread-safe if the delegate is.
 */
public final class FaultyLevel<V> implements CacheLevel<V> {
  private final CacheLevel<V> delegate;
  private final Random random;
  private volatile Faults faults;
  private long calls;

  /**
   * What goes wrong.
   *
   * @param beforePercent how many calls in a hundred fail before they do anything
   * @param afterPercent how many calls in a hundred fail after they have done all
   * @param delayPercent how many calls in a hundred are late
   * @param longestDelay how late at most
   * @param beforeCall the call, counted from 1, that fails before it does anything; 0 for none
   * @param afterCall the call, counted from 1, that fails after it has done all; 0 for none
   */
  public record Faults(
      int beforePercent,
      int afterPercent,
      int delayPercent,
      Duration longestDelay,
      long beforeCall,
      long afterCall) {
    public static final Faults NONE = new Faults(0, 0, 0, Duration.ZERO, 0, 0);
    public static final Faults DOWN = NONE.before(100);

    public Faults before(int percent) {
      return new Faults(percent, afterPercent, delayPercent, longestDelay, beforeCall, afterCall);
    }

    public Faults after(int percent) {
      return new Faults(beforePercent, percent, delayPercent, longestDelay, beforeCall, afterCall);
    }

    public Faults late(int percent, Duration longest) {
      return new Faults(beforePercent, afterPercent, percent, longest, beforeCall, afterCall);
    }

    public Faults beforeCall(long call) {
      return new Faults(beforePercent, afterPercent, delayPercent, longestDelay, call, afterCall);
    }

    public Faults afterCall(long call) {
      return new Faults(beforePercent, afterPercent, delayPercent, longestDelay, beforeCall, call);
    }
  }

  private enum Fate {
    WELL,
    FAILS_BEFORE,
    FAILS_AFTER
  }

  private record Verdict(Fate fate, long delayNanos) {}

  public FaultyLevel(CacheLevel<V> delegate, long seed, Faults faults) {
    this.delegate = delegate;
    this.random = new Random(seed);
    this.faults = faults;
  }

  /** What goes wrong from now on. */
  public void faults(Faults other) {
    faults = other;
  }

  /** How many calls there were; {@link #coherence} and {@link #close} do not count. */
  public synchronized long calls() {
    return calls;
  }

  @Override
  public Slot<V> get(CacheKey key) {
    return call(() -> delegate.get(key));
  }

  @Override
  public Slot<V> peek(CacheKey key) {
    return call(() -> delegate.peek(key));
  }

  @Override
  public boolean exists(CacheKey key) {
    return call(() -> delegate.exists(key));
  }

  @Override
  public boolean put(CacheKey key, CacheEntry<V> entry, PutCondition condition) {
    return call(() -> delegate.put(key, entry, condition));
  }

  @Override
  public boolean voidKey(CacheKey key) {
    return call(() -> delegate.voidKey(key));
  }

  @Override
  public KeyPage keys(KeyQuery query) {
    return call(() -> delegate.keys(query));
  }

  @Override
  public long clear(CacheSpace space) {
    return call(() -> delegate.clear(space));
  }

  @Override
  public void clearAll() {
    call(
        () -> {
          delegate.clearAll();
          return true;
        });
  }

  @Override
  public long cleanUp(CacheSpace space) {
    return call(() -> delegate.cleanUp(space));
  }

  @Override
  public Set<CacheSpace> spaces(TenantId tenant) {
    return call(() -> delegate.spaces(tenant));
  }

  @Override
  public LevelStats stats(CacheSpace space) {
    return call(() -> delegate.stats(space));
  }

  @Override
  public Coherence coherence() {
    return delegate.coherence();
  }

  @Override
  public void close() {
    delegate.close();
  }

  private <T> T call(Supplier<T> action) {
    Verdict verdict = next();
    sleep(verdict.delayNanos());
    if (verdict.fate() == Fate.FAILS_BEFORE) {
      throw new CacheLevelException("Failed before the call");
    }
    T result = action.get();
    if (verdict.fate() == Fate.FAILS_AFTER) {
      throw new CacheLevelException("Failed after the call");
    }
    return result;
  }

  private synchronized Verdict next() {
    calls++;
    Faults now = faults;
    int luck = random.nextInt(100);
    boolean late = random.nextInt(100) < now.delayPercent();
    double part = random.nextDouble();
    long delay = late ? (long) (part * now.longestDelay().toNanos()) : 0;
    if (calls == now.beforeCall() || luck < now.beforePercent()) {
      return new Verdict(Fate.FAILS_BEFORE, delay);
    }
    if (calls == now.afterCall() || luck < now.beforePercent() + now.afterPercent()) {
      return new Verdict(Fate.FAILS_AFTER, delay);
    }
    return new Verdict(Fate.WELL, delay);
  }

  private static void sleep(long nanos) {
    try {
      if (nanos > 0) {
        Thread.sleep(nanos / 1_000_000, (int) (nanos % 1_000_000));
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new CacheLevelException("Interrupted", e);
    }
  }
}
