package org.muster.cache.heap;

import com.github.benmanes.caffeine.cache.Expiry;
import org.muster.cache.CacheKey;

/** Each entry has its own time; a put that was refused does not lengthen it. */
final class HeldExpiry<V> implements Expiry<CacheKey, Held<V>> {
  @Override
  public long expireAfterCreate(CacheKey key, Held<V> held, long now) {
    held.begins();
    return held.remainingNanos(now);
  }

  @Override
  public long expireAfterUpdate(CacheKey key, Held<V> held, long now, long current) {
    return held.begins() ? held.remainingNanos(now) : current;
  }

  @Override
  public long expireAfterRead(CacheKey key, Held<V> held, long now, long current) {
    return held.hasIdleTime() ? held.remainingNanos(now) : current;
  }
}
