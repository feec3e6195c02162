package org.muster.storage.cached;

import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.muster.cache.CacheLevel;
import org.muster.cache.Coherence;
import org.muster.cache.SharedLevel;
import org.muster.cache.heap.HeapBounds;
import org.muster.cache.heap.HeapLevel;
import org.muster.cache.twolevel.CacheLevels;
import org.muster.cache.twolevel.CacheSettings;
import org.muster.cache.twolevel.LevelSettings;
import org.muster.cache.twolevel.Timing;
import org.muster.cache.twolevel.TwoLevelCache;

/** Caches of documents for tests. */
public final class TestCache {
  private static final int BYTES = 1 << 20;

  private TestCache() {}

  /** One node's, in the heap. */
  public static TwoLevelCache<CachedEntry> heap() {
    return new TwoLevelCache<>(CacheLevels.of(level()), CacheSettings.heap(BYTES), Timing.system());
  }

  /** One node's, in the heap, with so much room. */
  public static TwoLevelCache<CachedEntry> heap(int bytes) {
    return new TwoLevelCache<>(
        CacheLevels.of(level(bytes)), CacheSettings.heap(bytes), Timing.system());
  }

  /** One node's, in the heap, beside others. */
  static TwoLevelCache<CachedEntry> beside(Coherence others) {
    return new TwoLevelCache<>(
        CacheLevels.of(level()).beside(others), CacheSettings.heap(BYTES), Timing.system());
  }

  /** Those of nodes that share level 2. */
  public static List<TwoLevelCache<CachedEntry>> shared(int nodes) {
    SharedLevel<CachedEntry> shared = new SharedLevel<>(new Recoded(level()));
    List<TwoLevelCache<CachedEntry>> caches = new ArrayList<>();
    LevelSettings bounds = LevelSettings.of(BYTES);
    for (int i = 0; i < nodes; i++) {
      caches.add(
          new TwoLevelCache<>(
              CacheLevels.of(level(), shared.node()),
              CacheSettings.both(bounds, bounds),
              Timing.system()));
    }
    return caches;
  }

  /** Those of nodes that have level 2 alone. */
  static TwoLevelCache<CachedEntry> remote() {
    LevelSettings bounds = LevelSettings.of(BYTES);
    return new TwoLevelCache<>(
        CacheLevels.remote(new SharedLevel<>(new Recoded(level())).node()),
        new CacheSettings(
            CacheSettings.Levels.REMOTE,
            bounds,
            bounds,
            CacheSettings.Loading.PLAIN,
            CacheSettings.Outage.USUAL),
        Timing.system());
  }

  private static CacheLevel<CachedEntry> level() {
    return level(BYTES);
  }

  private static CacheLevel<CachedEntry> level(int bytes) {
    return new HeapLevel<>(
        new HeapBounds(bytes, Duration.ofSeconds(10)),
        new EntryWeight(),
        Clock.systemUTC(),
        System::nanoTime);
  }
}
