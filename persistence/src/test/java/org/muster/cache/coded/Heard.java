package org.muster.cache.coded;

import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import org.muster.cache.CacheKey;
import org.muster.cache.CacheSpace;
import org.muster.cache.VoidListener;

/** Remembers what it was told. */
public final class Heard implements VoidListener {
  private final Set<CacheKey> keys = ConcurrentHashMap.newKeySet();
  private final Set<CacheSpace> spaces = ConcurrentHashMap.newKeySet();
  private final AtomicInteger all = new AtomicInteger();

  @Override
  public void voided(CacheKey key) {
    keys.add(key);
  }

  @Override
  public void voided(CacheSpace space) {
    spaces.add(space);
  }

  @Override
  public void voidedAll() {
    all.incrementAndGet();
  }

  /** Whether a key was told of. */
  public boolean of(CacheKey key) {
    return keys.contains(key);
  }

  /** Whether a space was told of. */
  public boolean of(CacheSpace space) {
    return spaces.contains(space);
  }

  /** How often it was told that anything may have been missed. */
  public int all() {
    return all.get();
  }
}
