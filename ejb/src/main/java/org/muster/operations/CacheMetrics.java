package org.muster.operations;

import jakarta.enterprise.context.Dependent;
import jakarta.enterprise.event.Observes;
import java.util.function.ToLongFunction;
import org.eclipse.microprofile.metrics.Metadata;
import org.eclipse.microprofile.metrics.MetricRegistry;
import org.eclipse.microprofile.metrics.Tag;
import org.muster.cache.config.Caches;
import org.muster.cache.metrics.CacheReads;
import org.muster.cache.twolevel.CacheStats;
import org.muster.monitor.Provider;

/**
 * Shows what caches do on this node, as gauges that are counted up ({@code muster_cache_reads} by
 * level and outcome, {@code muster_cache_loads}, {@code muster_cache_removals}), and what is in
 * their level 1 ({@code muster_cache_entries}, {@code muster_cache_bytes}).
 */
@Dependent
class CacheMetrics {
  private static final Metadata READS =
      Metadata.builder()
          .withName("muster_cache_reads")
          .withDescription("Reads of caches, by level and outcome")
          .build();
  private static final Metadata LOADS =
      Metadata.builder()
          .withName("muster_cache_loads")
          .withDescription("Values that were loaded, begun, and what became of some")
          .build();
  private static final Metadata REMOVALS =
      Metadata.builder()
          .withName("muster_cache_removals")
          .withDescription("Entries that level 1 let go by itself, by reason")
          .build();
  private static final Metadata ENTRIES =
      Metadata.builder()
          .withName("muster_cache_entries")
          .withDescription("Entries in level 1 of caches")
          .build();
  private static final Metadata BYTES =
      Metadata.builder()
          .withName("muster_cache_bytes")
          .withDescription("About how many bytes level 1 of caches has")
          .build();

  void onStart(@Observes Started started, MetricRegistry registry, Caches caches) {
    for (String name : Caches.NAMES) {
      if (caches.isOn(name)) {
        register(new Gauges(registry, caches, name));
      }
    }
  }

  private static void register(Gauges gauges) {
    gauges.add(READS, CacheStats::hits, level(Provider.WHOLE), outcome("hit"));
    gauges.add(READS, CacheStats::misses, level(Provider.WHOLE), outcome("miss"));
    gauges.add(READS, stats -> stats.first().hits(), level(CacheReads.HEAP), outcome("hit"));
    gauges.add(READS, stats -> stats.first().misses(), level(CacheReads.HEAP), outcome("miss"));
    gauges.add(LOADS, CacheStats::loads, outcome("begun"));
    gauges.add(LOADS, CacheStats::loadFailures, outcome("failed"));
    gauges.add(LOADS, CacheStats::late, outcome("late"));
    gauges.add(REMOVALS, CacheStats::evictions, new Tag("reason", "evicted"));
    gauges.add(REMOVALS, CacheStats::expirations, new Tag("reason", "expired"));
    gauges.add(ENTRIES, stats -> stats.first().entries());
    gauges.add(BYTES, stats -> stats.first().bytes());
  }

  private static Tag level(String level) {
    return new Tag("level", level);
  }

  private static Tag outcome(String outcome) {
    return new Tag("outcome", outcome);
  }

  /** The gauges of a cache; 0 until it is opened. */
  private record Gauges(MetricRegistry registry, Caches caches, String name) {
    void add(Metadata metadata, ToLongFunction<CacheStats> figure, Tag... tags) {
      Tag[] all = new Tag[tags.length + 1];
      all[0] = new Tag("cache", name);
      System.arraycopy(tags, 0, all, 1, tags.length);
      registry.gauge(metadata, () -> of(figure), all);
    }

    private long of(ToLongFunction<CacheStats> figure) {
      return caches.total(name).map(stats -> figure.applyAsLong(stats)).orElse(0L);
    }
  }
}
