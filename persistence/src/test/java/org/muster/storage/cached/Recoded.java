package org.muster.storage.cached;

import java.nio.ByteBuffer;
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
import org.muster.cache.PutCondition;
import org.muster.cache.Slot;
import org.muster.kernel.TenantId;

/** Gives back what has been bytes in between, as a level of another machine does. */
record Recoded(CacheLevel<CachedEntry> delegate) implements CacheLevel<CachedEntry> {
  private static final EntryCodec CODEC = new EntryCodec();

  @Override
  public Slot<CachedEntry> get(CacheKey key) {
    Slot<CachedEntry> slot = delegate.get(key);
    if (slot.entry().isEmpty()) {
      return slot;
    }
    CacheEntry<CachedEntry> entry = slot.entry().get();
    Optional<CachedEntry> value =
        entry.value().map(each -> CODEC.decode(ByteBuffer.wrap(CODEC.encode(each))));
    return Slot.of(new CacheEntry<>(value, entry.version(), entry.lifetime()));
  }

  @Override
  public Slot<CachedEntry> peek(CacheKey key) {
    return delegate.peek(key);
  }

  @Override
  public boolean exists(CacheKey key) {
    return delegate.exists(key);
  }

  @Override
  public boolean put(CacheKey key, CacheEntry<CachedEntry> entry, PutCondition condition) {
    return delegate.put(key, entry, condition);
  }

  @Override
  public boolean voidKey(CacheKey key) {
    return delegate.voidKey(key);
  }

  @Override
  public KeyPage keys(KeyQuery query) {
    return delegate.keys(query);
  }

  @Override
  public Set<CacheSpace> spaces(TenantId tenant) {
    return delegate.spaces(tenant);
  }

  @Override
  public long clear(CacheSpace space) {
    return delegate.clear(space);
  }

  @Override
  public void clearAll() {
    delegate.clearAll();
  }

  @Override
  public long cleanUp(CacheSpace space) {
    return delegate.cleanUp(space);
  }

  @Override
  public LevelStats stats(CacheSpace space) {
    return delegate.stats(space);
  }

  @Override
  public Coherence coherence() {
    return delegate.coherence();
  }

  @Override
  public void close() {
    delegate.close();
  }
}
