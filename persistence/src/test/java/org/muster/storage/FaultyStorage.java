package org.muster.storage;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.muster.kernel.TenantId;

/**
 * A provider that fails by a seed: a call fails before it does anything, or after it has done all
 * (so that its outcome is unknown), or takes its time; or the provider crashes at a certain call
 * and fails from then on. The same seed and the same calls in the same order fail alike.
 * Thread-safe if the delegate is.
 */
public final class FaultyStorage extends ForwardingStorage {
  private final Random random;
  private final Faults faults;
  private long calls;
  private boolean crashed;

  /**
   * What goes wrong.
   *
   * @param beforePercent how many calls in a hundred fail before they do anything
   * @param afterPercent how many calls in a hundred fail after they have done all
   * @param delayPercent how many calls in a hundred are late
   * @param longestDelay how late at most
   * @param crashAtCall the call, counted from 1, at which the provider crashes, either before or
   *     after it has done its work; 0 for never
   */
  public record Faults(
      int beforePercent,
      int afterPercent,
      int delayPercent,
      Duration longestDelay,
      long crashAtCall) {
    public static final Faults NONE = new Faults(0, 0, 0, Duration.ZERO, 0);

    public Faults before(int percent) {
      return new Faults(percent, afterPercent, delayPercent, longestDelay, crashAtCall);
    }

    public Faults after(int percent) {
      return new Faults(beforePercent, percent, delayPercent, longestDelay, crashAtCall);
    }

    public Faults late(int percent, Duration longest) {
      return new Faults(beforePercent, afterPercent, percent, longest, crashAtCall);
    }

    public Faults crashAt(long call) {
      return new Faults(beforePercent, afterPercent, delayPercent, longestDelay, call);
    }
  }

  private enum Fate {
    WELL,
    FAILS_BEFORE,
    FAILS_AFTER
  }

  private record Verdict(Fate fate, long delayMillis) {}

  public FaultyStorage(StorageProvider delegate, long seed, Faults faults) {
    super(delegate);
    this.random = new Random(seed);
    this.faults = faults;
  }

  /** How many calls there were; {@link #capabilities} and {@link #health} do not count. */
  public synchronized long calls() {
    return calls;
  }

  @Override
  public Optional<Stored> get(StorageKey key, List<LinkSelector> expand) {
    return call(() -> super.get(key, expand));
  }

  @Override
  public Set<StorageKey> existing(Set<StorageKey> keys) {
    return call(() -> super.existing(keys));
  }

  @Override
  public Applied apply(Batch batch) {
    return call(() -> super.apply(batch));
  }

  @Override
  public Found query(Query query) {
    return call(() -> super.query(query));
  }

  @Override
  public long count(Query query) {
    return call(() -> super.count(query));
  }

  @Override
  public List<Linked> links(LinkQuery query) {
    return call(() -> super.links(query));
  }

  @Override
  public void scan(Query query, Consumer<Stored> consumer) {
    call(
        () -> {
          super.scan(query, consumer);
          return true;
        });
  }

  @Override
  public List<Tombstone> tombstones(TombstoneQuery query) {
    return call(() -> super.tombstones(query));
  }

  @Override
  public Optional<Buried> buried(StorageKey key) {
    return call(() -> super.buried(key));
  }

  @Override
  public long erase(TenantId tenant, int most) {
    return call(() -> super.erase(tenant, most));
  }

  @Override
  public synchronized Health health() {
    return crashed ? new Health(false, "Crashed") : super.health();
  }

  private <T> T call(Supplier<T> action) {
    Verdict verdict = next();
    sleep(verdict.delayMillis());
    if (verdict.fate() == Fate.FAILS_BEFORE) {
      throw new StorageException.Unavailable("Failed before the call", null);
    }
    T result = action.get();
    if (verdict.fate() == Fate.FAILS_AFTER) {
      throw new StorageException.Unavailable("Failed after the call", null);
    }
    return result;
  }

  private synchronized Verdict next() {
    calls++;
    int luck = random.nextInt(100);
    boolean late = random.nextInt(100) < faults.delayPercent();
    boolean doesItsWork = random.nextBoolean();
    long delay = late ? random.nextLong(faults.longestDelay().toMillis() + 1) : 0;
    if (crashed) {
      return new Verdict(Fate.FAILS_BEFORE, 0);
    }
    if (calls == faults.crashAtCall()) {
      crashed = true;
      return new Verdict(doesItsWork ? Fate.FAILS_AFTER : Fate.FAILS_BEFORE, delay);
    }
    if (luck < faults.beforePercent()) {
      return new Verdict(Fate.FAILS_BEFORE, delay);
    }
    return new Verdict(
        luck < faults.beforePercent() + faults.afterPercent() ? Fate.FAILS_AFTER : Fate.WELL,
        delay);
  }

  private static void sleep(long millis) {
    try {
      if (millis > 0) {
        Thread.sleep(millis);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new StorageException.Unavailable("Interrupted", e);
    }
  }
}
