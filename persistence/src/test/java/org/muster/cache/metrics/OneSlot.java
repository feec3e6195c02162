package org.muster.cache.metrics;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.muster.cache.CacheEntry;
import org.muster.cache.CacheKey;
import org.muster.cache.CacheLevel;
import org.muster.cache.CacheLevelException;
import org.muster.cache.CacheSpace;
import org.muster.cache.Coherence;
import org.muster.cache.KeyPage;
import org.muster.cache.KeyQuery;
import org.muster.cache.LevelStats;
import org.muster.cache.PutCondition;
import org.muster.cache.Slot;
import org.muster.cache.VoidListener;
import org.muster.kernel.TenantId;

/** A level that has room for one entry, and can be made to fail. For one thread. */
final class OneSlot implements CacheLevel<String> {
  private @Nullable CacheKey held;
  private Slot<String> slot = Slot.vacant();
  private boolean failing;
  private boolean closed;

  void fail() {
    failing = true;
  }

  boolean closed() {
    return closed;
  }

  @Override
  public Slot<String> get(CacheKey key) {
    if (failing) {
      throw new CacheLevelException("no answer");
    }
    return key.equals(held) ? slot : Slot.vacant();
  }

  @Override
  public Slot<String> peek(CacheKey key) {
    return get(key);
  }

  @Override
  public boolean exists(CacheKey key) {
    return get(key).entry().isPresent();
  }

  @Override
  public boolean put(CacheKey key, CacheEntry<String> entry, PutCondition condition) {
    if (condition instanceof PutCondition.IfVacant && exists(key)) {
      return false;
    }
    held = key;
    slot = Slot.of(entry);
    return true;
  }

  @Override
  public boolean voidKey(CacheKey key) {
    boolean was = exists(key);
    slot = Slot.voided(-1);
    return was;
  }

  @Override
  public KeyPage keys(KeyQuery query) {
    return new KeyPage(held == null ? List.of() : List.of(held.text()), Optional.empty());
  }

  @Override
  public long clear(CacheSpace space) {
    long was = slot.entry().isPresent() ? 1 : 0;
    slot = Slot.voided(-2);
    return was;
  }

  @Override
  public void clearAll() {
    slot = Slot.voided(-3);
  }

  @Override
  public long cleanUp(CacheSpace space) {
    return 0;
  }

  @Override
  public Set<CacheSpace> spaces(TenantId tenant) {
    return Set.of();
  }

  @Override
  public LevelStats stats(CacheSpace space) {
    return LevelStats.NONE;
  }

  @Override
  public Coherence coherence() {
    return new Coherence() {
      @Override
      public Duration guard() {
        return Duration.ZERO;
      }

      @Override
      public void listen(VoidListener listener) {
        // there is nobody else
      }

      @Override
      public boolean isImmediate() {
        return true;
      }

      @Override
      public boolean isConnected() {
        return true;
      }
    };
  }

  @Override
  public void close() {
    closed = true;
  }
}
