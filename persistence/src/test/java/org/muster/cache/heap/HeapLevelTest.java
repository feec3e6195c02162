package org.muster.cache.heap;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Clock;
import java.time.Duration;
import java.util.HashSet;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;
import org.muster.cache.CacheEntry;
import org.muster.cache.CacheKey;
import org.muster.cache.CacheLevel;
import org.muster.cache.CacheLevelContract;
import org.muster.cache.CacheSpace;
import org.muster.cache.KeyQuery;
import org.muster.cache.LevelStats;
import org.muster.cache.Lifetime;
import org.muster.cache.ManualTime;
import org.muster.cache.PutCondition;
import org.muster.kernel.TenantId;

class HeapLevelTest extends CacheLevelContract {
  private static final PutCondition ALWAYS = new PutCondition.Always();
  private static final Duration GUARD = Duration.ofSeconds(2);
  private static final int MAX_BYTES = 4_000_000;
  private static final CacheSpace SPACE = new CacheSpace(TenantId.DEFAULT, "users");

  private final ManualTime time = new ManualTime();
  private final HeapLevel<String> level = level(new HeapBounds(MAX_BYTES, GUARD));

  private HeapLevel<String> level(HeapBounds bounds) {
    return new HeapLevel<>(bounds, String::length, time, time);
  }

  @Override
  protected CacheLevel<String> level() {
    return level;
  }

  @Override
  protected String overBound() {
    return "x".repeat(MAX_BYTES + 1);
  }

  @Override
  protected Clock clock() {
    return time;
  }

  @Override
  protected void pass(Duration duration) {
    time.pass(duration);
  }

  private static CacheKey key(int number) {
    return new CacheKey(SPACE, "k" + number);
  }

  private static CacheEntry<String> entry(String value) {
    return new CacheEntry<>(Optional.of(value), 1 + value.length(), Lifetime.ENDLESS);
  }

  @Test
  void weightIsBounded() {
    HeapLevel<String> small = level(new HeapBounds(50_000, GUARD));
    for (int i = 0; i < 1_000; i++) {
      assertThat(small.put(key(i), entry("x".repeat(500)), ALWAYS)).isTrue();
      assertThat(small.stats(SPACE).bytes()).isLessThanOrEqualTo(50_000);
    }
    LevelStats stats = small.stats(SPACE);
    assertThat(stats.entries()).isBetween(30L, 70L);
    assertThat(stats.entries() + stats.evictions()).isEqualTo(1_000);
    assertThat(small.keys(new KeyQuery(SPACE, "", "", 1_000)).keys())
        .hasSize((int) stats.entries());
  }

  @Test
  void entryOverTheBoundGivesWayAtOnce() {
    assertThat(level.put(key(1), entry(overBound()), ALWAYS)).isTrue();
    assertThat(level.get(key(1)).entry()).isEmpty();
    assertThat(level.stats(SPACE).entries()).isZero();
    assertThat(level.stats(SPACE).bytes()).isZero();
    assertThat(level.stats(SPACE).evictions()).isEqualTo(1);
  }

  @Test
  void marksDoNotGiveWayToEntries() {
    HeapLevel<String> small = level(new HeapBounds(50_000, GUARD));
    long seen = small.get(key(-1)).mark();
    small.voidKey(key(-1));
    for (int i = 0; i < 1_000; i++) {
      small.put(key(i), entry("x".repeat(500)), ALWAYS);
    }
    assertThat(small.put(key(-1), entry("old"), new PutCondition.IfMark(seen))).isFalse();
  }

  @Test
  void moreMarksThanAreRememberedMakeLoadsFail() {
    HeapLevel<String> small = level(new HeapBounds(50_000, GUARD, 10, 10));
    time.pass(GUARD);
    small.put(key(200), entry("1"), ALWAYS);
    long[] seen = new long[100];
    for (int i = 0; i < 100; i++) {
      seen[i] = small.get(key(i)).mark();
    }
    for (int i = 0; i < 50; i++) {
      small.voidKey(key(i));
    }
    small.voidKey(key(200));
    for (int i = 0; i < 50; i++) {
      assertThat(small.put(key(i), entry("old"), new PutCondition.IfMark(seen[i]))).isFalse();
      assertThat(small.exists(key(i))).isFalse();
    }
    assertThat(small.exists(key(200))).isFalse();
    assertThat(small.put(key(200), entry("old"), new PutCondition.IfMark(2))).isFalse();
    for (int i = 0; i < 100; i++) {
      long mark = small.get(key(i)).mark();
      assertThat(small.put(key(i), entry("new"), new PutCondition.IfMark(mark))).isTrue();
    }
  }

  @Test
  void marksAreForgottenWhenTheGuardIsOver() {
    HeapLevel<String> small = level(new HeapBounds(50_000, GUARD, 10, 10));
    for (int round = 0; round < 5; round++) {
      for (int i = 0; i < 10; i++) {
        small.voidKey(key(i + 10 * round));
      }
      time.pass(GUARD.plusSeconds(3));
      assertThat(small.get(key(0)).mark()).isZero();
      small.put(key(-1), entry("a"), ALWAYS);
    }
    long seen = small.get(key(99)).mark();
    small.voidKey(key(98));
    assertThat(small.put(key(99), entry("a"), new PutCondition.IfMark(seen))).isTrue();
  }

  @Test
  void spacesAreBounded() {
    HeapLevel<String> small = level(new HeapBounds(1_000_000, GUARD, 10, 10));
    for (int i = 0; i < 500; i++) {
      CacheKey key = new CacheKey(new CacheSpace(TenantId.DEFAULT, "s" + i), "a");
      long seen = small.get(key).mark();
      assertThat(small.put(key, entry("1"), new PutCondition.IfMark(seen))).isTrue();
      assertThat(small.exists(key)).isTrue();
    }
    long served = 0;
    for (int i = 0; i < 500; i++) {
      CacheSpace space = new CacheSpace(TenantId.DEFAULT, "s" + i);
      boolean exists = small.exists(new CacheKey(space, "a"));
      assertThat(small.stats(space).entries()).isEqualTo(exists ? 1 : 0);
      served += exists ? 1 : 0;
    }
    assertThat(served).isBetween(1L, 10L);
    assertThat(small.total().puts()).isEqualTo(500);
    assertThat(small.total().misses()).isEqualTo(500);
    assertThat(small.total().entries()).isEqualTo(served);
  }

  @Test
  void totalsNeverFallWhileSpacesGiveWay() throws Exception {
    HeapLevel<String> small = level(new HeapBounds(1_000_000, GUARD, 10, 10));
    AtomicBoolean done = new AtomicBoolean();
    CompletableFuture<Long> looking =
        CompletableFuture.supplyAsync(
            () -> {
              long last = 0;
              while (!done.get()) {
                long now = small.total().misses();
                assertThat(now).isGreaterThanOrEqualTo(last);
                last = now;
              }
              return last;
            });
    for (int i = 0; i < 50_000; i++) {
      small.get(new CacheKey(new CacheSpace(TenantId.DEFAULT, "s" + i), "a"));
    }
    done.set(true);
    assertThat(looking.get()).isLessThanOrEqualTo(50_000);
    assertThat(small.total().misses()).isEqualTo(50_000);
  }

  @Test
  void spaceThatWasGivenUpTakesNothingThatWasLoadedBefore() {
    HeapLevel<String> small = level(new HeapBounds(1_000_000, GUARD, 10, 1));
    long seen = small.get(key(1)).mark();
    for (int i = 0; i < 50; i++) {
      small.get(new CacheKey(new CacheSpace(TenantId.DEFAULT, "s" + i), "a"));
      small.get(new CacheKey(new CacheSpace(TenantId.DEFAULT, "s" + i), "a"));
    }
    if (small.stats(SPACE).equals(LevelStats.NONE)) {
      assertThat(small.put(key(1), entry("old"), new PutCondition.IfMark(seen))).isFalse();
    }
  }

  @Test
  void expiredEntriesAreCounted() {
    for (int i = 0; i < 5; i++) {
      level.put(
          key(i),
          new CacheEntry<>(
              Optional.of("v"), 1, Lifetime.of(time.millis(), Duration.ofSeconds(i + 1))),
          ALWAYS);
    }
    time.pass(Duration.ofMillis(3_001));
    assertThat(level.cleanUp(SPACE)).isEqualTo(3);
    assertThat(level.stats(SPACE).expirations()).isEqualTo(3);
    assertThat(level.stats(SPACE).evictions()).isZero();
    assertThat(level.stats(SPACE).entries()).isEqualTo(2);
  }

  @Test
  void countsAgreeWithWhatIsThereAfterRandomCalls() {
    long seed = Long.getLong("muster.seed", System.nanoTime());
    Random random = new Random(seed);
    HeapLevel<String> small = level(new HeapBounds(20_000, GUARD, 20, 10));
    for (int i = 0; i < 20_000; i++) {
      CacheKey key = key(random.nextInt(100));
      switch (random.nextInt(8)) {
        case 0 -> small.voidKey(key);
        case 1 -> {
          if (random.nextInt(50) == 0) {
            small.clear(SPACE);
          } else if (random.nextInt(50) == 0) {
            small.clearAll();
          }
        }
        case 2 -> time.pass(Duration.ofMillis(random.nextInt(100)));
        case 3 -> small.cleanUp(SPACE);
        case 4, 5 -> small.get(key);
        default ->
            small.put(
                key,
                new CacheEntry<>(
                    Optional.of("x".repeat(random.nextInt(300))),
                    1 + i,
                    Lifetime.of(time.millis(), Duration.ofMillis(1 + random.nextInt(2_000)))
                        .idle(Duration.ofMillis(random.nextInt(500)))),
                random.nextBoolean() ? ALWAYS : new PutCondition.IfVacant());
      }
    }
    small.cleanUp(SPACE);
    Set<String> served = new HashSet<>();
    for (int i = 0; i < 100; i++) {
      if (small.exists(key(i))) {
        served.add(key(i).text());
      }
    }
    LevelStats stats = small.stats(SPACE);
    assertThat(stats.entries()).as("muster.seed=" + seed).isEqualTo(served.size());
    assertThat(small.keys(new KeyQuery(SPACE, "", "", 1_000)).keys())
        .containsExactlyInAnyOrderElementsOf(served);
    small.clear(SPACE);
    assertThat(small.stats(SPACE).bytes()).isZero();
    assertThat(small.stats(SPACE).entries()).isZero();
  }

  @Test
  void memoryOfWhatIsOverIsFreedWithoutALookAtIt() {
    Lifetime second = Lifetime.of(time.millis(), Duration.ofSeconds(1));
    for (int i = 0; i < 300; i++) {
      level.put(key(i), new CacheEntry<>(Optional.of("v"), 1, second), ALWAYS);
    }
    level.put(key(1_000), entry("stays"), ALWAYS);
    time.pass(Duration.ofSeconds(3));
    level.put(key(1_001), entry("stays"), ALWAYS);
    assertThat(level.stats(SPACE).entries()).isEqualTo(2);
    assertThat(level.stats(SPACE).expirations()).isEqualTo(300);
    assertThat(level.keys(new KeyQuery(SPACE, "", "", 10)).keys())
        .containsExactly("k1000", "k1001");
  }

  @Test
  void clockThatJumpsDoesNotForgetWhatWasVoided() {
    ManualTime wall = new ManualTime();
    HeapLevel<String> jumping =
        new HeapLevel<>(new HeapBounds(MAX_BYTES, GUARD), String::length, wall, time);
    long seen = jumping.get(key(1)).mark();
    jumping.voidKey(key(1));
    wall.pass(Duration.ofDays(1));
    assertThat(jumping.put(key(1), entry("old"), new PutCondition.IfMark(seen))).isFalse();
  }

  @Test
  void boundsAreChecked() {
    assertThatThrownBy(() -> new HeapBounds(0, GUARD)).hasMessageContaining("at least 1");
    assertThatThrownBy(() -> new HeapBounds(1, Duration.ZERO)).hasMessageContaining("guard");
    assertThatThrownBy(() -> new HeapBounds(1, Duration.ofDays(2))).hasMessageContaining("guard");
  }
}
