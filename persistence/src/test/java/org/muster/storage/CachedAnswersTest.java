package org.muster.storage;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Clock;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.TestReporter;
import org.muster.kernel.TenantId;
import org.muster.kernel.Version;
import org.muster.sql.Transactions;
import org.muster.storage.LinkSelector.Direction;
import org.muster.storage.RandomBatches.Grave;
import org.muster.storage.RandomBatches.Versions;
import org.muster.storage.cached.CachedStorage;
import org.muster.storage.cached.TestCache;
import org.muster.storage.memory.MemoryStorage;

/**
 * After each of many random batches all that can be read by key is what the store has, on the node
 * that wrote and on another one. {@code -Dmuster.seed=} repeats a run, {@code -Dmuster.steps=} says
 * how long it is.
 */
class CachedAnswersTest {
  private static final TenantId TENANT = new TenantId("acme");
  private static final List<List<LinkSelector>> VIEWS =
      List.of(
          List.of(),
          List.of(new LinkSelector("members", Direction.IN, true)),
          List.of(
              new LinkSelector("members", Direction.IN, true),
              new LinkSelector("manager", Direction.OUT, false)),
          List.of(
              new LinkSelector("manager", Direction.OUT, false),
              new LinkSelector("manager", Direction.IN, false)),
          List.of(new LinkSelector("members", Direction.OUT, true)));

  private final Map<StorageKey, Set<Version>> seen = new HashMap<>();
  private final StorageProvider store = new MemoryStorage(Clock.systemUTC());

  @RepeatedTest(2)
  void cachesAnswerAsTheStoreDoes(TestReporter reporter) {
    run(CachedStorage.Mode.INVALIDATE, reporter);
  }

  @RepeatedTest(2)
  void cachesThatAreWrittenThroughAnswerAsTheStoreDoes(TestReporter reporter) {
    run(CachedStorage.Mode.WRITE_THROUGH, reporter);
  }

  private void run(CachedStorage.Mode mode, TestReporter reporter) {
    long seed = Long.getLong("muster.seed", new Random().nextLong());
    reporter.publishEntry("muster.seed", Long.toString(seed));
    Random random = new Random(seed);
    List<StorageProvider> nodes = new ArrayList<>();
    TestCache.shared(2)
        .forEach(
            cache -> nodes.add(new CachedStorage(store, cache, mode, Transactions.NONE, () -> 0)));
    nodes.add(store);
    RandomPeople people = new RandomPeople(TENANT, random);
    RandomBatches batches = new RandomBatches(TENANT, people);
    int applied = 0;
    for (int step = 0; step < Integer.getInteger("muster.steps", 1_000); step++) {
      Batch batch = batches.next(this::known, this::grave).left();
      try {
        nodes.get(random.nextInt(2)).apply(batch);
        applied++;
      } catch (StorageException e) {
        // refused: nothing must have changed
      }
      assertAlike(nodes, people, seed, step, batch);
    }
    assertThat(applied).as("batches applied, seed %d", seed).isGreaterThan(100);
  }

  private void assertAlike(
      List<StorageProvider> nodes, RandomPeople people, long seed, int step, Batch batch) {
    for (StorageKey key : new HashSet<>(people.keys(8, 16))) {
      List<LinkSelector> view = people.pick(VIEWS);
      Optional<Stored> truth = store.get(key, view);
      truth.ifPresent(
          stored -> seen.computeIfAbsent(key, each -> new HashSet<>()).add(stored.version()));
      for (int node = 0; node < 2; node++) {
        assertThat(nodes.get(node).get(key, view))
            .as("seed %d, step %d, node %d, %s by %s after %s", seed, step, node, key, view, batch)
            .isEqualTo(truth);
      }
    }
  }

  private List<Versions> known(StorageKey key, boolean now) {
    Optional<Version> current = store.get(key, List.of()).map(Stored::version);
    if (now) {
      return current.map(version -> new Versions(version, version)).stream().toList();
    }
    return seen.getOrDefault(key, Set.of()).stream()
        .map(version -> new Versions(version, version))
        .toList();
  }

  private Optional<Grave> grave(StorageKey key) {
    return store
        .buried(key)
        .map(
            buried ->
                new Grave(
                    new Versions(buried.tombstone().version(), buried.tombstone().version()),
                    buried.document().orElseThrow()));
  }
}
