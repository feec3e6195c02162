package org.muster.cache.infinispan;

import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import java.util.function.BiConsumer;
import org.infinispan.AdvancedCache;
import org.infinispan.commons.marshall.WrappedByteArray;
import org.infinispan.container.DataContainer;
import org.infinispan.container.entries.InternalCacheEntry;
import org.infinispan.context.Flag;
import org.infinispan.partitionhandling.AvailabilityMode;
import org.jspecify.annotations.Nullable;
import org.muster.cache.CacheLevelException;
import org.muster.cache.Lifetime;

/** The cache in which a level's cells lie: bytes under bytes. */
final class Entries {
  /** Longer is endless, so that no sum overflows. */
  private static final long MOST_MILLIS = TimeUnit.DAYS.toMillis(36_500);

  private static final long ENDLESS = -1;
  private static final TimeUnit MILLIS = TimeUnit.MILLISECONDS;

  private final AdvancedCache<byte[], byte[]> cache;
  private final AdvancedCache<byte[], byte[]> silent;
  private final boolean here;

  /**
   * Wraps a cache.
   *
   * @param here whether all that can be read is in this node's memory
   */
  Entries(AdvancedCache<byte[], byte[]> cache, boolean here) {
    this.cache = cache;
    this.silent = cache.withFlags(Flag.IGNORE_RETURN_VALUES);
    this.here = here;
  }

  boolean isAvailable() {
    return cache.getAvailability() == AvailabilityMode.AVAILABLE;
  }

  /** What is read past the cache, its partition handling does not refuse. */
  private void demandAvailable() {
    if (!isAvailable()) {
      throw new CacheLevelException("Too many nodes are lost");
    }
  }

  void listen(Object listener) {
    cache.addListener(listener);
  }

  /**
   * Reads a cell. One that is in this node's memory is taken from there, as the cache would do in
   * the end; but one with an idle time, of whose use other nodes have to hear.
   */
  byte @Nullable [] get(byte[] key) {
    if (here) {
      demandAvailable();
      InternalCacheEntry<Object, Object> found = memory().get(new WrappedByteArray(key));
      if (found != null && found.getMaxIdle() < 0 && isAlive(found)) {
        return bytes(found.getValue());
      }
    }
    return cache.get(key);
  }

  /** Reads a cell; that is no use of it where it is in this node's memory. */
  byte @Nullable [] look(byte[] key) {
    demandAvailable();
    InternalCacheEntry<Object, Object> found = memory().peek(new WrappedByteArray(key));
    if (found != null && isAlive(found)) {
      return bytes(found.getValue());
    }
    return here ? null : cache.get(key);
  }

  private static boolean isAlive(InternalCacheEntry<Object, Object> entry) {
    return !entry.canExpire() || !entry.isExpired(System.currentTimeMillis());
  }

  void put(byte[] key, byte[] cell, long lifespanMillis, long idleMillis) {
    silent.put(key, cell, bounded(lifespanMillis), MILLIS, idle(idleMillis), MILLIS);
  }

  byte @Nullable [] swap(byte[] key, byte[] cell, long lifespanMillis) {
    return cache.put(key, cell, lifespanMillis, MILLIS);
  }

  CompletionStage<byte[]> swapLater(byte[] key, byte[] cell, long lifespanMillis) {
    return cache.putAsync(key, cell, lifespanMillis, MILLIS);
  }

  byte @Nullable [] putIfAbsent(byte[] key, byte[] cell, long lifespanMillis, long idleMillis) {
    return cache.putIfAbsent(key, cell, bounded(lifespanMillis), MILLIS, idle(idleMillis), MILLIS);
  }

  boolean replace(byte[] key, byte[] old, byte[] cell, long lifespanMillis, long idleMillis) {
    return cache.replace(key, old, cell, bounded(lifespanMillis), MILLIS, idle(idleMillis), MILLIS);
  }

  boolean remove(byte[] key, byte[] old) {
    return cache.remove(key, old);
  }

  /** All cells of all nodes, expired ones left out; reading them so is no use of them. */
  void forEach(BiConsumer<byte[], byte[]> action) {
    demandAvailable();
    if (here) {
      forEachHere(action);
      return;
    }
    try (var entries = cache.entrySet().stream()) {
      Iterator<Map.Entry<byte[], byte[]>> each = entries.iterator();
      while (each.hasNext()) {
        Map.Entry<byte[], byte[]> entry = each.next();
        action.accept(entry.getKey(), entry.getValue());
      }
    }
  }

  /** All cells in this node's memory, expired ones left out. */
  void forEachHere(BiConsumer<byte[], byte[]> action) {
    for (InternalCacheEntry<Object, Object> entry : memory()) {
      action.accept(bytes(entry.getKey()), bytes(entry.getValue()));
    }
  }

  /**
   * Removes what has expired in this node's memory, on all nodes that have it; hands on what was
   * removed by this call and by nobody else. All is gone when it returns.
   */
  void expire(BiConsumer<byte[], byte[]> action) {
    long now = System.currentTimeMillis();
    List<InternalCacheEntry<Object, Object>> expired = new ArrayList<>();
    memory()
        .iteratorIncludingExpired()
        .forEachRemaining(
            entry -> {
              if (entry.isExpired(now)) {
                expired.add(entry);
              }
            });
    for (InternalCacheEntry<Object, Object> entry : expired) {
      byte[] key = bytes(entry.getKey());
      byte[] cell = bytes(entry.getValue());
      if (removeExpired(entry, key, cell, now)) {
        action.accept(key, cell);
      }
    }
  }

  private boolean removeExpired(
      InternalCacheEntry<Object, Object> entry, byte[] key, byte[] cell, long now) {
    boolean isOver = entry.getLifespan() > 0 && entry.getCreated() + entry.getLifespan() <= now;
    var removal =
        isOver
            ? cache.removeLifespanExpired(key, cell, entry.getLifespan())
            : cache.removeMaxIdleExpired(key, cell);
    try {
      return removal.join();
    } catch (CompletionException e) {
      throw new CacheLevelException("What has expired was not removed", e);
    }
  }

  // What the container has of bytes is wrapped, whatever the cache says of its types.
  @SuppressWarnings({"unchecked", "rawtypes"})
  private DataContainer<Object, Object> memory() {
    return (DataContainer) cache.getDataContainer();
  }

  private static byte[] bytes(Object wrapped) {
    return wrapped instanceof WrappedByteArray array ? array.getBytes() : (byte[]) wrapped;
  }

  /** How long an entry lives from now on; not positive if its life is over. */
  static long lifespan(Lifetime lifetime, long nowMillis) {
    return lifetime.expiresMillis() == Lifetime.NEVER
        ? Long.MAX_VALUE
        : lifetime.expiresMillis() - nowMillis;
  }

  private static long bounded(long millis) {
    return millis > MOST_MILLIS ? ENDLESS : millis;
  }

  private static long idle(long millis) {
    return millis == 0 || millis > MOST_MILLIS ? ENDLESS : millis;
  }
}
