package org.muster.cache.twolevel;

import java.time.Duration;
import java.util.Random;
import org.muster.cache.CacheKey;
import org.muster.cache.CacheSpace;
import org.muster.cache.ManualTime;
import org.muster.cache.heap.HeapBounds;
import org.muster.cache.heap.HeapLevel;
import org.muster.kernel.TenantId;

/** What the tests of a cache share: a time, levels, a source. */
class CacheTest {
  static final Duration GUARD = Duration.ofSeconds(10);
  static final CacheSpace SPACE = new CacheSpace(TenantId.DEFAULT, "users");
  static final CacheKey A = key("a");
  static final CacheKey B = key("b");

  final ManualTime time = new ManualTime();
  final Source source = new Source().with(A, "1");

  static CacheKey key(String text) {
    return new CacheKey(SPACE, text);
  }

  HeapLevel<String> heap() {
    return new HeapLevel<>(new HeapBounds(10_000_000, GUARD), String::length, time, time);
  }

  Timing timing() {
    return new Timing(time, time::read, new Random(7)::nextLong);
  }

  static LevelSettings plain() {
    return LevelSettings.of(10_000_000);
  }

  static CacheSettings both() {
    return CacheSettings.both(plain(), plain());
  }
}
