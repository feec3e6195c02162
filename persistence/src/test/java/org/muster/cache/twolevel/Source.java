package org.muster.cache.twolevel;

import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.muster.cache.CacheKey;

/** What the cache is in front of; counts what it is asked, and fails when told to. */
final class Source implements Loader<String> {
  private final Map<CacheKey, String> values = new ConcurrentHashMap<>();
  private final AtomicInteger loads = new AtomicInteger();
  private volatile @Nullable RuntimeException failure;

  Source with(CacheKey key, String value) {
    values.put(key, value);
    return this;
  }

  void without(CacheKey key) {
    values.remove(key);
  }

  void failing(@Nullable RuntimeException with) {
    failure = with;
  }

  int loads() {
    return loads.get();
  }

  @Override
  public Optional<String> load(CacheKey key) {
    loads.incrementAndGet();
    if (failure != null) {
      throw failure;
    }
    return Optional.ofNullable(values.get(key));
  }
}
