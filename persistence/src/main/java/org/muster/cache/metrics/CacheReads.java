package org.muster.cache.metrics;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.muster.cache.twolevel.CacheStats;
import org.muster.monitor.Figures;
import org.muster.monitor.Provider;
import org.muster.monitor.ProviderFigures;

/** What the monitor is told of caches, whose reads are counted and not timed. */
public final class CacheReads {
  /** The level in the heap. */
  public static final String HEAP = "heap";

  private CacheReads() {}

  /** Reads of caches as wholes, and of their levels in the heap; of those alone that were read. */
  public static List<ProviderFigures> of(Map<String, CacheStats> caches) {
    List<ProviderFigures> all = new ArrayList<>();
    caches.forEach(
        (name, stats) -> {
          add(all, Provider.cache(name, Provider.WHOLE), stats.hits(), stats.misses());
          add(all, Provider.cache(name, HEAP), stats.first().hits(), stats.first().misses());
        });
    return all;
  }

  private static void add(List<ProviderFigures> all, Provider provider, long hits, long misses) {
    if (hits + misses > 0) {
      Figures reads = Figures.reads(hits, misses);
      all.add(new ProviderFigures(provider, reads, Map.of("get", reads)));
    }
  }
}
