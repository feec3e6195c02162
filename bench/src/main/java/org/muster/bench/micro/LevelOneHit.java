package org.muster.bench.micro;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.Ticker;
import java.time.Clock;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.muster.cache.CacheEntry;
import org.muster.cache.CacheKey;
import org.muster.cache.CacheLevel;
import org.muster.cache.CacheSpace;
import org.muster.cache.Lifetime;
import org.muster.cache.PutCondition;
import org.muster.cache.heap.HeapBounds;
import org.muster.cache.heap.HeapLevel;
import org.muster.cache.twolevel.CacheLevels;
import org.muster.cache.twolevel.CacheSettings;
import org.muster.cache.twolevel.LevelSettings;
import org.muster.cache.twolevel.Timing;
import org.muster.cache.twolevel.TwoLevelCache;
import org.muster.kernel.TenantId;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/** A hit in level 1, held against a get of Caffeine and the allocation of a record. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 5, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(2)
public class LevelOneHit {
  private static final int KEYS = 1 << 14;
  private static final LevelSettings TEN_MINUTES =
      LevelSettings.of(100_000_000).ttl(Duration.ofMinutes(10));

  private final CacheKey[] keys = new CacheKey[KEYS];
  private final Cache<CacheKey, String> bare = Caffeine.newBuilder().maximumSize(2 * KEYS).build();
  private final Cache<CacheKey, String> expiring =
      Caffeine.newBuilder()
          .maximumWeight(100_000_000)
          .weigher((CacheKey key, String value) -> 500)
          .expireAfterWrite(Duration.ofMinutes(10))
          .build();
  private final HeapLevel<String> level = level();
  private final TwoLevelCache<String> heap =
      new TwoLevelCache<>(
          CacheLevels.of(level()), CacheSettings.heap(100_000_000), Timing.system());
  private final TwoLevelCache<String> both =
      new TwoLevelCache<>(
          CacheLevels.of(level(), level()),
          CacheSettings.both(TEN_MINUTES, TEN_MINUTES),
          Timing.system());

  /** What a read would be answered with. */
  public record Answer(@Nullable String value, boolean found) {}

  /** Where a thread is. */
  @State(Scope.Thread)
  public static class Place {
    int next;
  }

  private static HeapLevel<String> level() {
    return new HeapLevel<>(
        new HeapBounds(100_000_000, Duration.ofSeconds(10)),
        String::length,
        Clock.systemUTC(),
        Ticker.systemTicker());
  }

  /** Fills the caches. */
  @Setup
  public void fill() {
    CacheSpace space = new CacheSpace(TenantId.DEFAULT, "users");
    for (int i = 0; i < KEYS; i++) {
      keys[i] = new CacheKey(space, "0190a6b8-7c1e-7d1c-9f0a-" + (100_000_000_000L + i));
      String value = "value " + i;
      bare.put(keys[i], value);
      expiring.put(keys[i], value);
      heap.get(keys[i], key -> Optional.of(value));
      both.get(keys[i], key -> Optional.of(value));
      put(level, keys[i], value);
    }
  }

  private static void put(CacheLevel<String> level, CacheKey key, String value) {
    level.put(
        key, new CacheEntry<>(Optional.of(value), 1, Lifetime.ENDLESS), new PutCondition.Always());
  }

  private CacheKey key(Place place) {
    place.next = (place.next + 1) & (KEYS - 1);
    return keys[place.next];
  }

  /** What is aimed at: at most twice this. */
  @Benchmark
  public Answer caffeineAndARecord(Place place) {
    String value = bare.getIfPresent(key(place));
    return new Answer(value, value != null);
  }

  /** The same with weights and a time to live. */
  @Benchmark
  public Answer expiringCaffeineAndARecord(Place place) {
    String value = expiring.getIfPresent(key(place));
    return new Answer(value, value != null);
  }

  @Benchmark
  public Object levelAlone(Place place) {
    return level.get(key(place));
  }

  @Benchmark
  public Optional<String> cacheOfOneLevel(Place place) {
    return heap.get(key(place), key -> Optional.empty());
  }

  @Benchmark
  public Optional<String> cacheOfTwoLevels(Place place) {
    return both.get(key(place), key -> Optional.empty());
  }
}
