package org.muster.cache.twolevel;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestReporter;
import org.junit.jupiter.api.Timeout;
import org.muster.cache.CacheKey;
import org.muster.cache.CacheLevel;
import org.muster.cache.Database;
import org.muster.cache.FaultyLevel;
import org.muster.cache.FaultyLevel.Faults;
import org.muster.cache.SharedLevel;
import org.muster.cache.Threads;
import org.muster.cache.heap.HeapBounds;
import org.muster.cache.heap.HeapLevel;

/**
 * Many threads write to a database and void, and read through. Held against the history: who begins
 * to read after a writer was told reads what it wrote, or something later.
 */
@Timeout(120)
class CacheHistoryTest {
  private static final int THREADS = 8;
  private static final int STEPS = 1_500;
  private static final int KEYS = 3;
  private static final Duration GUARD = Duration.ofSeconds(10);
  private static final CacheSettings SETTINGS =
      CacheTest.both()
          .with(
              new CacheSettings.Loading(
                  Optional.of(Duration.ofSeconds(60)), 0.1, Optional.of(Duration.ofSeconds(60))))
          .with(new CacheSettings.Outage(Duration.ofMillis(2), Duration.ZERO, 2));

  private final Database database = new Database(KEYS);

  private static HeapLevel<Long> heap(long maxBytes) {
    return new HeapLevel<>(
        new HeapBounds(maxBytes, GUARD, 2, 100), each -> 8, Clock.systemUTC(), System::nanoTime);
  }

  private static TwoLevelCache<Long> cache(CacheLevel<Long> second) {
    return new TwoLevelCache<>(
        CacheLevels.of(heap(900), second).sparing(heap(900)), SETTINGS, Timing.system());
  }

  private static CacheKey key(int number) {
    return CacheTest.key("k" + number);
  }

  /** What the database has; sometimes it takes its time, before or after. */
  private Optional<Long> load(int number, Random random) {
    pause(random);
    long value = database.read(number);
    pause(random);
    return value % 7 == 0 ? Optional.empty() : Optional.of(value);
  }

  private static void pause(Random random) {
    if (random.nextInt(3) == 0) {
      LockSupport.parkNanos(random.nextInt(50_000));
    }
  }

  /** Absence stands for a multiple of seven, the largest that may be meant. */
  private static boolean isAtLeast(Optional<Long> read, long least, long present) {
    return read.isPresent() ? read.get() >= least : present / 7 * 7 >= least;
  }

  /**
   * One thread of a node.
   *
   * @param own what its readers may rely on
   * @param others what readers of other nodes may rely on, who are told by level 2
   */
  private Callable<Boolean> work(
      TwoLevelCache<Long> cache, Database own, Database others, Random random, boolean writes) {
    return () -> {
      for (int step = 0; step < STEPS; step++) {
        int number = random.nextInt(KEYS);
        if (writes && random.nextInt(3) == 0) {
          write(cache, own, others, number, random.nextInt(20) == 0);
        } else {
          long least = own.acknowledged(number);
          Optional<Long> read =
              random.nextInt(10) == 0
                  ? look(cache, number, least)
                  : cache.get(key(number), key -> load(number, random));
          assertThat(isAtLeast(read, least, database.read(number)))
              .as("key %s read %s, at least %s", number, read, least)
              .isTrue();
        }
      }
      return true;
    };
  }

  private void write(
      TwoLevelCache<Long> cache, Database own, Database others, int number, boolean clears) {
    long written = database.write(number);
    boolean told = false;
    if (clears) {
      cache.clear(CacheTest.SPACE);
    } else {
      told = cache.voidKey(key(number));
    }
    own.acknowledge(number, written);
    if (told) {
      others.acknowledge(number, written);
    }
  }

  /** Without a loader nothing says that there is nothing. */
  private Optional<Long> look(TwoLevelCache<Long> cache, int number, long least) {
    Optional<Long> read = cache.getIfPresent(key(number));
    return read.isPresent() ? read : Optional.of(least);
  }

  private void agreeAtTheEnd(TwoLevelCache<Long> cache) {
    for (int number = 0; number < KEYS; number++) {
      long value = database.read(number);
      Optional<Long> expected = value % 7 == 0 ? Optional.empty() : Optional.of(value);
      int same = number;
      assertThat(cache.get(key(number), key -> load(same, new Random(0)))).isEqualTo(expected);
    }
  }

  private static long seed(TestReporter reporter) {
    long seed = Long.getLong("muster.seed", new Random().nextLong());
    reporter.publishEntry("muster.seed", Long.toString(seed));
    return seed;
  }

  @RepeatedTest(3)
  void readersOfOneNodeSeeNothingOlderThanAVoid(TestReporter reporter) throws Exception {
    long seed = seed(reporter);
    TwoLevelCache<Long> cache = cache(heap(900));
    Threads.run(THREADS, i -> work(cache, database, database, new Random(seed + i), i % 2 == 0));
    agreeAtTheEnd(cache);
    assertThat(cache.stats(CacheTest.SPACE).hits()).isPositive();
  }

  @RepeatedTest(3)
  void readersOfOneNodeSeeNothingOlderWhenLevelTwoFails(TestReporter reporter) throws Exception {
    long seed = seed(reporter);
    FaultyLevel<Long> faulty =
        new FaultyLevel<>(
            heap(10_000), seed, Faults.NONE.before(3).after(3).late(5, Duration.ofMillis(1)));
    TwoLevelCache<Long> cache = cache(faulty);
    Threads.run(THREADS, i -> work(cache, database, database, new Random(seed + i), i % 2 == 0));
    faulty.faults(Faults.NONE);
    agreeAtTheEnd(cache);
  }

  @RepeatedTest(3)
  void readersOfTwoNodesSeeNothingOlderThanAVoid(TestReporter reporter) throws Exception {
    long seed = seed(reporter);
    SharedLevel<Long> shared = new SharedLevel<>(heap(10_000));
    List<TwoLevelCache<Long>> nodes = List.of(cache(shared.node()), cache(shared.node()));
    Threads.run(
        THREADS, i -> work(nodes.get(i % 2), database, database, new Random(seed + i), i % 4 < 2));
    nodes.forEach(this::agreeAtTheEnd);
  }

  /**
   * The own node sees every void; the other one those that level 2 knows of, and all when it has
   * been told.
   */
  @RepeatedTest(3)
  void nodesWhoseLevelTwoFailsAgreeInTheEnd(TestReporter reporter) throws Exception {
    long seed = seed(reporter);
    SharedLevel<Long> shared = new SharedLevel<>(heap(10_000));
    List<FaultyLevel<Long>> views = new ArrayList<>();
    List<TwoLevelCache<Long>> nodes = new ArrayList<>();
    List<Database> known = List.of(new Database(KEYS), new Database(KEYS));
    for (int i = 0; i < 2; i++) {
      views.add(
          new FaultyLevel<>(
              shared.node(),
              seed + i,
              Faults.NONE.before(2).after(2).late(5, Duration.ofMillis(1))));
      nodes.add(cache(views.get(i)));
    }
    Threads.run(
        THREADS,
        i ->
            work(
                nodes.get(i % 2),
                known.get(i % 2),
                known.get(1 - i % 2),
                new Random(seed + i),
                i % 4 < 2));
    views.forEach(view -> view.faults(Faults.NONE));
    Thread.sleep(5);
    for (TwoLevelCache<Long> node : nodes) {
      for (int i = 0; i < 100 && !node.isWhole(); i++) {
        node.getIfPresent(CacheTest.key("nothing" + i));
      }
      assertThat(node.isWhole()).isTrue();
    }
    nodes.forEach(this::agreeAtTheEnd);
  }

  @RepeatedTest(3)
  void nodeThatIsCutOffAndComesBackSeesNothingOlder(TestReporter reporter) throws Exception {
    long seed = seed(reporter);
    SharedLevel<Long> shared = new SharedLevel<>(heap(10_000));
    SharedLevel<Long>.Node stable = shared.node();
    SharedLevel<Long>.Node shaky = shared.node();
    TwoLevelCache<Long> one = cache(stable);
    TwoLevelCache<Long> two = cache(shaky);
    Random cuts = new Random(seed);
    Threads.run(
        THREADS,
        i -> {
          if (i == 0) {
            return () -> {
              for (int round = 0; round < 20; round++) {
                shaky.cut();
                LockSupport.parkNanos(cuts.nextInt(3_000_000));
                shaky.heal();
                LockSupport.parkNanos(cuts.nextInt(3_000_000));
              }
              return true;
            };
          }
          // the stable node writes; what it writes both see, cut off or not
          return work(i % 2 == 0 ? one : two, database, database, new Random(seed + i), i % 4 == 2);
        });
    agreeAtTheEnd(one);
    agreeAtTheEnd(two);
  }

  @Test
  void testSeesWhatIsOld() {
    assertThat(isAtLeast(Optional.of(4L), 5, 9)).isFalse();
    assertThat(isAtLeast(Optional.empty(), 8, 13)).isFalse();
    assertThat(isAtLeast(Optional.empty(), 7, 13)).isTrue();
  }
}
