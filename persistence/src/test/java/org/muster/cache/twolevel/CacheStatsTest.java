package org.muster.cache.twolevel;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestReporter;
import org.muster.cache.CacheSpace;
import org.muster.cache.Threads;
import org.muster.cache.heap.HeapLevel;

/** A read is one hit or one miss of the whole, whatever the levels did. */
class CacheStatsTest extends CacheTest {
  private final HeapLevel<String> first = heap();
  private final HeapLevel<String> second = heap();
  private final TwoLevelCache<String> cache =
      new TwoLevelCache<>(CacheLevels.of(first, second), both(), timing());

  @Test
  void readsAddUp() {
    cache.get(A, source); // a miss
    cache.get(A, source); // a hit of level 1
    first.clearAll();
    cache.get(A, source); // a hit of level 2
    cache.get(A, source); // a hit of level 1
    cache.get(B, source); // a miss
    CacheStats stats = cache.stats(SPACE);
    assertThat(stats.hits()).isEqualTo(3);
    assertThat(stats.misses()).isEqualTo(2);
    assertThat(stats.hitRatio()).isEqualTo(0.6);
    assertThat(stats.loads()).isEqualTo(2);
    assertThat(stats.first().hits()).isEqualTo(2);
    assertThat(stats.first().misses()).isEqualTo(3);
    assertThat(stats.second().hits()).isEqualTo(1);
    assertThat(stats.second().misses()).isEqualTo(2);
    assertThat(stats.entries()).isEqualTo(1);
    assertThat(stats.bytes()).isEqualTo(stats.first().bytes() + stats.second().bytes());
  }

  @Test
  void spaceWithoutReadsHasARatioOfZero() {
    CacheStats stats = cache.stats(new CacheSpace(SPACE.tenant(), "other"));
    assertThat(stats.hitRatio()).isZero();
    assertThat(stats.hits() + stats.misses() + stats.entries() + stats.bytes()).isZero();
  }

  @Test
  void readsOfManyThreadsAddUp(TestReporter reporter) throws Exception {
    long seed = Long.getLong("muster.seed", new Random().nextLong());
    reporter.publishEntry("muster.seed", Long.toString(seed));
    Threads.run(
        8,
        i -> {
          Random random = new Random(seed + i);
          return () -> {
            for (int step = 0; step < 1_000; step++) {
              var key = key("k" + random.nextInt(5));
              switch (random.nextInt(8)) {
                case 0 -> cache.voidKey(key);
                case 1 -> first.voidKey(key);
                default -> cache.get(key, each -> Optional.of("v"));
              }
              if (random.nextInt(8) > 1) {
                cache.getIfPresent(key);
              }
            }
            return true;
          };
        });
    // the same choices again, to count the reads
    long reads = 0;
    for (int i = 0; i < 8; i++) {
      Random random = new Random(seed + i);
      for (int step = 0; step < 1_000; step++) {
        random.nextInt(5);
        reads += random.nextInt(8) > 1 ? 1 : 0;
        reads += random.nextInt(8) > 1 ? 1 : 0;
      }
    }
    CacheStats stats = cache.stats(SPACE);
    assertThat(stats.hits() + stats.misses()).isEqualTo(reads);
    assertThat(stats.first().hits() + stats.second().hits()).isEqualTo(stats.hits());
    assertThat(stats.first().misses()).isEqualTo(stats.second().hits() + stats.misses());
  }
}
