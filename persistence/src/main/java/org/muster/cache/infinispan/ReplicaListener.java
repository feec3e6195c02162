package org.muster.cache.infinispan;

import java.util.function.Consumer;
import org.infinispan.notifications.Listener;
import org.infinispan.notifications.cachelistener.annotation.CacheEntryCreated;
import org.infinispan.notifications.cachelistener.annotation.CacheEntryModified;
import org.infinispan.notifications.cachelistener.annotation.CacheEntryRemoved;
import org.infinispan.notifications.cachelistener.event.CacheEntryEvent;
import org.muster.cache.CacheKey;
import org.muster.cache.coded.CellHeader;
import org.muster.cache.coded.CellKeys;

/** Hears what other nodes write to a replicated level, before their calls return. */
@Listener
final class ReplicaListener {
  private final long origin;
  private final Consumer<CacheKey> changed;

  ReplicaListener(long origin, Consumer<CacheKey> changed) {
    this.origin = origin;
    this.changed = changed;
  }

  @CacheEntryCreated
  @CacheEntryModified
  @CacheEntryRemoved
  public void written(CacheEntryEvent<byte[], byte[]> event) {
    byte[] cell = event.getValue();
    if (event.isPre() || (cell != null && CellHeader.origin(cell) == origin)) {
      return;
    }
    CacheKey key = CellKeys.key(event.getKey());
    if (key != null) {
      changed.accept(key);
    }
  }
}
