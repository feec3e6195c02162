package org.muster.cache.twolevel;

import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import org.jspecify.annotations.Nullable;
import org.muster.cache.CacheKey;
import org.muster.cache.CacheSpace;

/**
 * Reads under way, one for a key. Who voids a key detaches its read: whoever waits for it already
 * gets what it gives; nobody else joins it.
 */
final class Flights<V> {
  private final ConcurrentMap<CacheKey, Flight<V>> flights = new ConcurrentHashMap<>();

  /** The one to be joined; null if this one has begun. */
  @Nullable Flight<V> begin(CacheKey key, Flight<V> own) {
    return flights.putIfAbsent(key, own);
  }

  void end(CacheKey key, Flight<V> own) {
    flights.remove(key, own);
  }

  void detach(CacheKey key) {
    flights.remove(key);
  }

  void detach(CacheSpace space) {
    flights.keySet().removeIf(key -> key.space().equals(space));
  }

  void detachAll() {
    flights.clear();
  }
}
