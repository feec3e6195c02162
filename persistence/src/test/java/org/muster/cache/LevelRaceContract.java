package org.muster.cache;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.locks.LockSupport;
import java.util.function.IntConsumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestReporter;
import org.muster.kernel.Folding;
import org.muster.kernel.TenantId;

/** Races: whatever the order, no old value is left behind, and no put gets lost. */
abstract class LevelRaceContract extends LevelContract {
  private static final int THREADS = 8;

  @Test
  void oneOfManyFillsTheVacantSlot() throws Exception {
    for (int round = 0; round < 20; round++) {
      CacheKey key = key("round " + round);
      List<Boolean> won =
          Threads.run(THREADS, i -> () -> level.put(key, entry("of " + i), IF_VACANT));
      assertThat(won).containsOnlyOnce(true);
      assertThat(value(key)).contains("of " + won.indexOf(true));
    }
  }

  @Test
  void oneOfManyVoidsTheEntry() throws Exception {
    for (int round = 0; round < 20; round++) {
      CacheKey key = key("round " + round);
      level.put(key, entry("1"), ALWAYS);
      assertThat(Threads.run(THREADS, i -> () -> level.voidKey(key))).containsOnlyOnce(true);
    }
  }

  @Test
  void oneOfManyReplacesWhatItSaw() throws Exception {
    put("a", "0");
    List<Integer> done =
        Threads.run(
            THREADS,
            i ->
                () -> {
                  int count = 0;
                  while (count < 25) {
                    CacheEntry<String> seen = level.get(key("a")).entry().orElseThrow();
                    int next = Integer.parseInt(seen.value().orElseThrow()) + 1;
                    count += putIfMark(key("a"), "" + next, seen.version()) ? 1 : 0;
                  }
                  return count;
                });
    assertThat(value("a")).contains("" + done.stream().mapToInt(n -> n).sum());
  }

  @Test
  void readersSeeNothingOlderThanWhatWasVoided(TestReporter reporter) throws Exception {
    Database database = new Database(4);
    runReadersAndWriters(reporter, database, number -> level.voidKey(key("k" + number)));
  }

  @Test
  void readersSeeNothingOlderThanWhatWasCleared(TestReporter reporter) throws Exception {
    Database database = new Database(4);
    runReadersAndWriters(reporter, database, number -> level.clear(space));
  }

  /** Writers change the database and void; readers read through, and put what they have read. */
  private void runReadersAndWriters(TestReporter reporter, Database database, IntConsumer voiding)
      throws Exception {
    Random seeds = random(reporter);
    long[] seed = seeds.longs(THREADS).toArray();
    Threads.run(
        THREADS,
        i -> {
          Random random = new Random(seed[i]);
          return () -> {
            for (int step = 0; step < 300; step++) {
              int number = random.nextInt(database.size());
              if (i < 2) {
                long written = database.write(number);
                voiding.accept(number);
                database.acknowledge(number, written);
              } else {
                readThrough(database, number, random);
              }
            }
            return true;
          };
        });
    for (int number = 0; number < database.size(); number++) {
      assertThat(readThrough(database, number, new Random(0))).isEqualTo(database.read(number));
    }
  }

  private long readThrough(Database database, int number, Random random) {
    CacheKey key = key("k" + number);
    long least = database.acknowledged(number);
    Slot<String> seen = level.get(key);
    long read;
    if (seen.entry().isPresent()) {
      read = Long.parseLong(seen.entry().get().value().orElseThrow());
    } else {
      read = database.read(number);
      if (random.nextInt(4) == 0) {
        LockSupport.parkNanos(1);
      }
      level.put(key, entry("" + read), new PutCondition.IfMark(seen.mark()));
    }
    assertThat(read).isGreaterThanOrEqualTo(least);
    return read;
  }

  @Test
  void levelIsAsItsModelWhileOthersUseIt(TestReporter reporter) throws Exception {
    long[] seed = random(reporter).longs(THREADS).toArray();
    Threads.run(THREADS, i -> () -> holdAgainstModel(new Random(seed[i]), i));
    assertThat(keys("", 100)).isSortedAccordingTo(Folding.CODE_POINTS);
  }

  /**
   * Random calls on keys that no other thread has, in a space that all share and one of its own.
   */
  private boolean holdAgainstModel(Random random, int thread) {
    CacheSpace own =
        new CacheSpace(new TenantId(space.tenant().value().substring(1)), "own" + thread);
    Map<CacheKey, CacheEntry<String>> model = new HashMap<>();
    Map<CacheKey, Long> seen = new HashMap<>();
    for (int step = 0; step < 500; step++) {
      CacheSpace where = random.nextBoolean() ? space : own;
      CacheKey key = new CacheKey(where, "t" + thread + "-" + random.nextInt(6));
      Optional<CacheEntry<String>> expected = Optional.ofNullable(model.get(key));
      CacheEntry<String> next = random.nextInt(8) == 0 ? absence() : entry("v" + step);
      switch (random.nextInt(9)) {
        case 0, 1 -> {
          Slot<String> slot = level.get(key);
          assertThat(slot.entry()).isEqualTo(expected);
          seen.put(key, slot.mark());
        }
        case 2 -> {
          assertThat(level.put(key, next, ALWAYS)).isTrue();
          model.put(key, next);
          seen.remove(key);
        }
        case 3 -> {
          assertThat(level.put(key, next, IF_VACANT)).isEqualTo(expected.isEmpty());
          if (expected.isEmpty()) {
            model.put(key, next);
            seen.remove(key);
          }
        }
        case 4, 5 -> {
          boolean unchanged = seen.containsKey(key);
          long mark = seen.getOrDefault(key, Long.MIN_VALUE + 1);
          assertThat(level.put(key, next, new PutCondition.IfMark(mark))).isEqualTo(unchanged);
          if (unchanged) {
            model.put(key, next);
            seen.remove(key);
          }
        }
        case 6 -> {
          assertThat(level.voidKey(key)).isEqualTo(expected.isPresent());
          model.remove(key);
          seen.remove(key);
        }
        case 7 -> assertThat(level.exists(key)).isEqualTo(expected.isPresent());
        default -> {
          if (random.nextInt(4) == 0) {
            assertThat(level.clear(own)).isEqualTo(count(model, own));
            model.keySet().removeIf(each -> each.space().equals(own));
            seen.keySet().removeIf(each -> each.space().equals(own));
          } else {
            assertThat(level.keys(new KeyQuery(own, "", "", 100)).keys())
                .containsExactlyElementsOf(texts(model, own));
          }
        }
      }
    }
    return true;
  }

  private static long count(Map<CacheKey, CacheEntry<String>> model, CacheSpace space) {
    return model.keySet().stream().filter(key -> key.space().equals(space)).count();
  }

  private static Set<String> texts(Map<CacheKey, CacheEntry<String>> model, CacheSpace space) {
    TreeSet<String> texts = new TreeSet<>(Folding.CODE_POINTS);
    model.keySet().stream()
        .filter(key -> key.space().equals(space))
        .forEach(key -> texts.add(key.text()));
    return texts;
  }
}
