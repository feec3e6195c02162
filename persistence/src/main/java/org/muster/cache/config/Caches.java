package org.muster.cache.config;

import com.github.benmanes.caffeine.cache.Ticker;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.function.Predicate;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.muster.cache.CacheLevel;
import org.muster.cache.LevelStats;
import org.muster.cache.heap.HeapBounds;
import org.muster.cache.heap.HeapLevel;
import org.muster.cache.infinispan.NodeSettings;
import org.muster.cache.infinispan.Sharing;
import org.muster.cache.metrics.MeteredLevel;
import org.muster.cache.redis.RedisSettings;
import org.muster.cache.twolevel.CacheLevels;
import org.muster.cache.twolevel.CacheSettings;
import org.muster.cache.twolevel.CacheSettings.Levels;
import org.muster.cache.twolevel.CacheStats;
import org.muster.cache.twolevel.Timing;
import org.muster.cache.twolevel.TwoLevelCache;
import org.muster.config.Settings;
import org.muster.monitor.Provider;
import org.muster.monitor.Watch;

/**
 * Opens caches as they are configured. Where level 2 is, is read and judged at once; it is started
 * with the first cache that has one, and closed with this. Thread-safe.
 */
public final class Caches implements AutoCloseable {
  /** The caches that the server has. */
  public static final List<String> NAMES = List.of("documents", "directory", "applications");

  /** How long voiding is remembered: twice as long as a load may take to be kept. */
  private static final Duration GUARD = Duration.ofSeconds(10);

  private static final String SECOND = "muster.cache.second";

  private final Settings settings;
  private final Watch watch;
  private final Neighbours neighbours;
  private final Optional<Supplier<SecondLevels>> place;
  private final boolean shared;
  private final Map<String, Opened> opened = new ConcurrentSkipListMap<>();
  private @Nullable SecondLevels seconds;

  private record Opened(TwoLevelCache<?> cache, Supplier<LevelStats> first) {
    CacheStats total() {
      return cache.total(first.get());
    }
  }

  /**
   * Reads what is configured for all caches.
   *
   * @param watch by which calls of levels 2 are watched; those of level 1 are only counted
   * @throws IllegalStateException if it is not allowed, contradicts itself or is not all there
   */
  public Caches(Settings settings, Watch watch, Neighbours neighbours) {
    this.settings = settings;
    this.watch = watch;
    this.neighbours = neighbours;
    boolean used = NAMES.stream().anyMatch(name -> hasSecond(new CacheOptions(settings, name)));
    boolean redis = isRedis(settings);
    if (!used && settings.text(SECOND).isPresent()) {
      throw new IllegalStateException(
          SECOND + " is not used: muster.cache.levels is remote or both for no cache");
    }
    this.place = used ? Optional.of(redis ? redis() : infinispan()) : Optional.empty();
    this.shared = used && (redis || new ClusterOptions(settings).sharing() != Sharing.LOCAL);
  }

  /** The name under which nodes that share level 2 hear this one; empty if none is shared. */
  public static Optional<String> nodeName(Settings settings) {
    if (NAMES.stream().noneMatch(name -> hasSecond(new CacheOptions(settings, name)))) {
      return Optional.empty();
    }
    return isRedis(settings)
        ? Optional.of(RedisLevels.name(RedisLevels.settings(settings, GUARD)))
        : new ClusterOptions(settings).heardAs();
  }

  private static boolean isRedis(Settings settings) {
    return settings.choice(SECOND, List.of("infinispan", "redis"), "infinispan").equals("redis");
  }

  private static boolean hasSecond(CacheOptions options) {
    return options.levels().filter(Levels::hasSecond).isPresent();
  }

  private Supplier<SecondLevels> redis() {
    if (settings.text("muster.cache.mode").isPresent()) {
      throw new IllegalStateException("muster.cache.mode is not allowed with " + SECOND + "=redis");
    }
    RedisSettings redis = RedisLevels.settings(settings, GUARD);
    return () -> new RedisLevels(redis);
  }

  private Supplier<SecondLevels> infinispan() {
    ClusterOptions options = new ClusterOptions(settings);
    NodeSettings node = options.node(GUARD);
    Sharing sharing = options.sharing();
    return () -> new InfinispanLevels(node, sharing);
  }

  /**
   * Opens a cache; empty if it is switched off. It is closed with this.
   *
   * @throws IllegalStateException if what is configured for it is not allowed, or level 2 can't be
   *     started
   */
  public synchronized <V> Optional<TwoLevelCache<V>> open(CacheUse<V> use) {
    if (!NAMES.contains(use.name())) {
      throw new IllegalArgumentException("No such cache: " + use.name());
    }
    CacheOptions options = new CacheOptions(settings, use.name());
    return options.levels().map(levels -> open(use, options, levels));
  }

  private <V> TwoLevelCache<V> open(CacheUse<V> use, CacheOptions options, Levels levels) {
    CacheSettings of = options.settings(levels, use.usual(), Runtime.getRuntime().maxMemory());
    Optional<HeapLevel<V>> first =
        of.levels().hasFirst() ? Optional.of(heap(use, of)) : Optional.empty();
    TwoLevelCache<V> cache =
        new TwoLevelCache<>(levels(use, of, first), of, Timing.system(), use.isOutage());
    opened.put(
        use.name(), new Opened(cache, () -> first.map(HeapLevel::total).orElse(LevelStats.NONE)));
    return cache;
  }

  private <V> CacheLevels<V> levels(
      CacheUse<V> use, CacheSettings of, Optional<HeapLevel<V>> first) {
    Optional<CacheLevel<V>> second =
        of.levels().hasSecond() ? Optional.of(second(use, of)) : Optional.empty();
    Predicate<String> heard = shared && second.isPresent() ? seconds()::hears : node -> false;
    return new CacheLevels<>(
        first.map(level -> level),
        second,
        of.loading().staleIfError().map(time -> heap(use, of)),
        Optional.of(neighbours.coherence(heard)));
  }

  private <V> HeapLevel<V> heap(CacheUse<V> use, CacheSettings of) {
    return new HeapLevel<>(
        new HeapBounds(of.first().maxBytes(), GUARD),
        use.weight(),
        Clock.systemUTC(),
        Ticker.systemTicker());
  }

  private <V> CacheLevel<V> second(CacheUse<V> use, CacheSettings of) {
    SecondLevels there = seconds();
    return new MeteredLevel<>(
        there.open(use.name(), of.second().maxBytes(), use.codec()),
        watch.over(Provider.cache(use.name(), there.word())));
  }

  private synchronized SecondLevels seconds() {
    SecondLevels known = seconds;
    if (known == null) {
      known = place.orElseThrow().get();
      seconds = known;
    }
    return known;
  }

  /** Whether a cache has a level. */
  public boolean isOn(String name) {
    return new CacheOptions(settings, name).levels().isPresent();
  }

  /** What each cache that is open has done on this node, by name. */
  public SortedMap<String, CacheStats> totals() {
    SortedMap<String, CacheStats> totals = new TreeMap<>();
    opened.forEach((name, each) -> totals.put(name, each.total()));
    return totals;
  }

  /** What a cache has done on this node; empty if it is not open. */
  public Optional<CacheStats> total(String name) {
    return Optional.ofNullable(opened.get(name)).map(Opened::total);
  }

  /** Closes what was opened, and level 2 with it. */
  @Override
  public synchronized void close() {
    opened.values().forEach(each -> each.cache().close());
    opened.clear();
    if (seconds != null) {
      seconds.close();
      seconds = null;
    }
  }
}
