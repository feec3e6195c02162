package org.muster.cache.infinispan;

import java.util.Map;
import java.util.function.BiConsumer;
import org.infinispan.notifications.Listener;
import org.infinispan.notifications.cachelistener.annotation.CacheEntriesEvicted;
import org.infinispan.notifications.cachelistener.annotation.CacheEntryExpired;
import org.infinispan.notifications.cachelistener.event.CacheEntriesEvictedEvent;
import org.infinispan.notifications.cachelistener.event.CacheEntryExpiredEvent;
import org.muster.cache.CacheKey;
import org.muster.cache.coded.CellKeys;
import org.muster.cache.coded.Cells;
import org.muster.cache.coded.LevelCounters;
import org.muster.cache.coded.SpaceStates;

/** Counts entries that gave way or whose lifetime was over on this node. */
@Listener
final class LossListener {
  private final SpaceStates spaces;

  LossListener(SpaceStates spaces) {
    this.spaces = spaces;
  }

  @CacheEntriesEvicted
  public void evicted(CacheEntriesEvictedEvent<byte[], byte[]> event) {
    for (Map.Entry<byte[], byte[]> entry : event.getEntries().entrySet()) {
      count(entry.getKey(), entry.getValue(), (counters, key) -> counters.evicted());
    }
  }

  @CacheEntryExpired
  public void expired(CacheEntryExpiredEvent<byte[], byte[]> event) {
    count(event.getKey(), event.getValue(), (counters, key) -> counters.expired(1));
  }

  private void count(byte[] bytes, byte[] cell, BiConsumer<LevelCounters, CacheKey> counting) {
    CacheKey key = CellKeys.key(bytes);
    if (key != null && cell != null && Cells.isOfEntry(cell)) {
      counting.accept(spaces.of(key.space()).counters(), key);
    }
  }
}
