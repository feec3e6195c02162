package org.muster.cache.twolevel;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.muster.cache.CacheEntry;
import org.muster.cache.CacheKey;
import org.muster.cache.CacheLevel;
import org.muster.cache.CacheSpace;
import org.muster.cache.Coherence;
import org.muster.cache.KeyPage;
import org.muster.cache.KeyQuery;
import org.muster.cache.LevelStats;
import org.muster.cache.LocalCoherence;
import org.muster.cache.PutCondition;
import org.muster.cache.Slot;
import org.muster.kernel.TenantId;

/** In the place of a level that a cache does not have: what is put gives way at once. */
final class NoLevel<V> implements CacheLevel<V> {
  @Override
  public Slot<V> get(CacheKey key) {
    return Slot.vacant();
  }

  @Override
  public Slot<V> peek(CacheKey key) {
    return Slot.vacant();
  }

  @Override
  public boolean exists(CacheKey key) {
    return false;
  }

  @Override
  public boolean put(CacheKey key, CacheEntry<V> entry, PutCondition condition) {
    return true;
  }

  @Override
  public boolean voidKey(CacheKey key) {
    return false;
  }

  @Override
  public KeyPage keys(KeyQuery query) {
    return new KeyPage(List.of(), Optional.empty());
  }

  @Override
  public long clear(CacheSpace space) {
    return 0;
  }

  @Override
  public void clearAll() {}

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
    return new LocalCoherence(Duration.ofDays(1));
  }

  @Override
  public void close() {}
}
