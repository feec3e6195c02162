package org.muster.wiring;

import com.github.benmanes.caffeine.cache.Ticker;
import jakarta.enterprise.context.Dependent;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.time.Duration;
import java.util.Optional;
import org.muster.cache.heap.HeapBounds;
import org.muster.cache.heap.HeapLevel;
import org.muster.cache.twolevel.CacheLevels;
import org.muster.cache.twolevel.CacheSettings;
import org.muster.cache.twolevel.CacheSettings.Levels;
import org.muster.cache.twolevel.CacheSettings.Loading;
import org.muster.cache.twolevel.CacheSettings.Outage;
import org.muster.cache.twolevel.LevelSettings;
import org.muster.cache.twolevel.Timing;
import org.muster.cache.twolevel.TwoLevelCache;
import org.muster.directory.Directory;

/** Makes the cache of what every request looks up. */
@Dependent
class DirectoryWiring {
  private static final Duration KEPT = Duration.ofSeconds(5);
  private static final Duration GUARD = Duration.ofSeconds(10);
  private static final long BYTES = 32L << 20;

  @Produces
  @Singleton
  Directory directory() {
    LevelSettings level = LevelSettings.of(BYTES).ttl(KEPT);
    CacheSettings settings =
        new CacheSettings(Levels.HEAP, level, level, Loading.PLAIN, Outage.USUAL);
    HeapBounds bounds = new HeapBounds(BYTES, GUARD);
    return new Directory(
        Optional.of(
            new TwoLevelCache<>(
                CacheLevels.of(
                    new HeapLevel<>(
                        bounds, Directory::weight, Clock.systemUTC(), Ticker.systemTicker())),
                settings,
                Timing.system())));
  }
}
