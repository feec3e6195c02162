package org.muster.directory;

import com.github.benmanes.caffeine.cache.Ticker;
import java.time.Clock;
import java.time.Duration;
import java.util.Optional;
import org.muster.cache.CacheLevel;
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

/** The directory of a node that has no other level than its heap. */
public final class TestDirectory {
  public static final Duration KEPT = Duration.ofSeconds(5);
  private static final long BYTES = 1 << 20;

  private TestDirectory() {}

  /** By the clock of the machine. */
  public static Directory ofSystem() {
    return of(Clock.systemUTC(), Ticker.systemTicker());
  }

  /** By a clock that the test moves. */
  public static Directory of(Clock clock, Ticker ticker) {
    return made(CacheLevels.of(heap(clock, ticker)), Levels.HEAP, clock, ticker);
  }

  /** One of several, with what they share. */
  public static Directory beside(CacheLevel<DirectoryText> shared, Clock clock, Ticker ticker) {
    return made(CacheLevels.of(heap(clock, ticker), shared), Levels.BOTH, clock, ticker);
  }

  /** A level in the heap. */
  public static CacheLevel<DirectoryText> heap(Clock clock, Ticker ticker) {
    HeapBounds bounds = new HeapBounds(BYTES, Duration.ofSeconds(10));
    return new HeapLevel<>(bounds, Directory::weight, clock, ticker);
  }

  private static Directory made(
      CacheLevels<DirectoryText> levels, Levels which, Clock clock, Ticker ticker) {
    LevelSettings level = LevelSettings.of(BYTES).ttl(KEPT);
    Outage outage = new Outage(Duration.ofSeconds(1), Duration.ofDays(36_500), 1_000);
    return new Directory(
        Optional.of(
            new TwoLevelCache<>(
                levels,
                new CacheSettings(which, level, level, Loading.PLAIN, outage),
                new Timing(clock, ticker::read, Timing.system().random()))));
  }
}
