package org.muster.retention;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.muster.kernel.Precondition;
import org.muster.kernel.TenantId;
import org.muster.storage.Batch;
import org.muster.storage.Change;
import org.muster.storage.JsonDocument;
import org.muster.storage.StorageException;
import org.muster.storage.StorageKey;
import org.muster.storage.StorageProvider;
import org.muster.storage.Tombstone;
import org.muster.storage.TombstoneQuery;
import org.muster.storage.memory.MemoryStorage;

class PurgingTest {
  private static final TenantId A = new TenantId("a");
  private static final TenantId B = new TenantId("b");
  private static final TenantId C = new TenantId("c");

  private final SetClock clock = new SetClock();
  private final StorageProvider storage = new MemoryStorage(clock);
  private final List<Integer> batches = new ArrayList<>();
  private final Map<TenantId, Optional<Duration>> kept = new HashMap<>();
  private final Purging purging =
      new Purging(
          storage,
          this::commit,
          (after, limit) ->
              List.of(A, B, C).stream()
                  .filter(each -> after.isEmpty() || each.compareTo(after.get()) > 0)
                  .limit(limit)
                  .toList(),
          tenant -> kept.getOrDefault(tenant, Optional.of(Duration.ofDays(30))),
          clock);

  private void commit(Batch batch) {
    batches.add(batch.changes().size());
    storage.apply(batch);
  }

  @Test
  void whatIsOldEnoughIsPurgedAndNothingElse() {
    bury(A, "old");
    clock.pass(Duration.ofDays(10));
    bury(A, "young");
    put(A, "live");
    clock.pass(Duration.ofDays(20));
    Outcome outcome = run();
    assertThat(outcome).isEqualTo(new Outcome(1, true, Optional.of(Duration.ofDays(20))));
    assertThat(left(A)).containsExactly("young");
    assertThat(storage.existing(java.util.Set.of(key(A, "live")))).hasSize(1);
    clock.pass(Duration.ofDays(10));
    assertThat(run()).isEqualTo(new Outcome(1, true, Optional.empty()));
    assertThat(left(A)).isEmpty();
  }

  @Test
  void oneMillisecondTooEarlyIsTooEarly() {
    bury(A, "x");
    clock.pass(Duration.ofDays(30).minusMillis(1));
    assertThat(run().purged()).isZero();
    clock.pass(Duration.ofMillis(1));
    assertThat(run().purged()).isOne();
  }

  @Test
  void zeroDaysIsTheNextRun() {
    kept.put(A, Optional.of(Duration.ZERO));
    bury(A, "x");
    assertThat(run().purged()).isOne();
  }

  @Test
  void foreverIsForever() {
    kept.put(A, Optional.empty());
    bury(A, "x");
    bury(B, "x");
    clock.pass(Duration.ofDays(100_000));
    assertThat(run().purged()).isOne();
    assertThat(left(A)).containsExactly("x");
    assertThat(left(B)).isEmpty();
  }

  @Test
  void tenantsHaveTimesOfTheirOwn() {
    kept.put(A, Optional.of(Duration.ofDays(1)));
    kept.put(B, Optional.of(Duration.ofDays(90)));
    for (TenantId tenant : List.of(A, B, C)) {
      bury(tenant, "x");
    }
    clock.pass(Duration.ofDays(31));
    assertThat(run().purged()).isEqualTo(2);
    assertThat(left(A)).isEmpty();
    assertThat(left(B)).containsExactly("x");
    assertThat(left(C)).isEmpty();
  }

  @Test
  void manyArePurgedInBatches() {
    bury(A, 2_500);
    bury(B, 10);
    clock.pass(Duration.ofDays(30));
    assertThat(run().purged()).isEqualTo(2_510);
    assertThat(batches).containsExactly(1_000, 1_000, 500, 10);
  }

  @Test
  void runThatIsStoppedGoesOnBehindTheTenantWhereItEnded() {
    bury(A, 3_000);
    bury(B, 5);
    clock.pass(Duration.ofDays(30));
    int[] asked = new int[1];
    Outcome first = purging.run(() -> asked[0]++ < 1);
    assertThat(first.purged()).isEqualTo(1_000);
    assertThat(first.complete()).isFalse();
    asked[0] = 0;
    Outcome second = purging.run(() -> asked[0]++ < 4);
    assertThat(left(B)).as("does not wait for the large tenant").isEmpty();
    assertThat(second.purged()).isGreaterThanOrEqualTo(1_005);
    while (!run().complete()) {
      assertThat(batches.size()).isLessThan(20);
    }
    assertThat(left(A)).isEmpty();
  }

  @Test
  void whatIsRestoredMeanwhileStays() {
    bury(A, 10);
    clock.pass(Duration.ofDays(30));
    boolean[] done = new boolean[1];
    Purging racing =
        new Purging(
            storage,
            batch -> {
              if (!done[0]) {
                done[0] = true;
                restore(key(A, "n00003"));
              }
              storage.apply(batch);
            },
            (after, limit) -> after.isEmpty() ? List.of(A) : List.of(),
            tenant -> Optional.of(Duration.ofDays(30)),
            clock);
    assertThat(racing.run(() -> true)).isEqualTo(new Outcome(9, true, Optional.empty()));
    assertThat(storage.get(key(A, "n00003"), List.of())).isPresent();
    assertThat(left(A)).isEmpty();
  }

  @Test
  void endlessConflictsEndTheTurnOfTheTenant() {
    bury(A, "x");
    bury(B, "y");
    clock.pass(Duration.ofDays(30));
    Purging losing =
        new Purging(
            storage,
            batch -> {
              if (batch.tenant().equals(A)) {
                throw new StorageException.Conflict(key(A, "x"), "lost");
              }
              storage.apply(batch);
            },
            (after, limit) -> after.isEmpty() ? List.of(A, B) : List.of(),
            tenant -> Optional.of(Duration.ofDays(30)),
            clock);
    Outcome outcome = losing.run(() -> true);
    assertThat(outcome).isEqualTo(new Outcome(1, false, Optional.of(Duration.ofDays(30))));
  }

  @Test
  void failureOfTheStoreEndsTheRun() {
    bury(A, "x");
    clock.pass(Duration.ofDays(30));
    Purging failing =
        new Purging(
            storage,
            batch -> {
              throw new StorageException.Unavailable("gone", null);
            },
            (after, limit) -> after.isEmpty() ? List.of(A) : List.of(),
            tenant -> Optional.of(Duration.ofDays(30)),
            clock);
    assertThatThrownBy(() -> failing.run(() -> true))
        .isInstanceOf(StorageException.Unavailable.class);
    assertThat(run().purged()).isOne();
  }

  private Outcome run() {
    return purging.run(() -> true);
  }

  private List<String> left(TenantId tenant) {
    return storage.tombstones(new TombstoneQuery.Oldest(tenant, 10_000)).stream()
        .map(Tombstone::key)
        .map(StorageKey::id)
        .toList();
  }

  private void bury(TenantId tenant, int number) {
    Batch.Builder puts = Batch.builder(tenant);
    Batch.Builder deletes = Batch.builder(tenant);
    for (int i = 0; i < number; i++) {
      StorageKey key = key(tenant, String.format("n%05d", i));
      puts.add(put(key));
      deletes.add(new Change.Delete(key, "tester"));
    }
    storage.apply(puts.build());
    storage.apply(deletes.build());
  }

  private void bury(TenantId tenant, String id) {
    put(tenant, id);
    storage.apply(Batch.delete(key(tenant, id), "tester", new Precondition.Any()));
  }

  private void put(TenantId tenant, String id) {
    storage.apply(Batch.put(put(key(tenant, id)), new Precondition.Any()));
  }

  private static Change.Put put(StorageKey key) {
    return new Change.Put(
        key, JsonDocument.of(JsonDocument.MAPPER.createObjectNode()), new TreeMap<>(), "");
  }

  private void restore(StorageKey key) {
    Tombstone tombstone = storage.buried(key).orElseThrow().tombstone();
    storage.apply(
        Batch.builder(key.tenant())
            .add(new Change.Restore(key, tombstone.version(), new TreeMap<>(), ""))
            .build());
  }

  private static StorageKey key(TenantId tenant, String id) {
    return new StorageKey(tenant, "User", id);
  }

  /** A clock that a test sets. */
  private static final class SetClock extends Clock {
    private Instant now = Instant.parse("2024-02-29T12:00:00Z");

    void pass(Duration time) {
      now = now.plus(time);
    }

    @Override
    public Instant instant() {
      return now;
    }

    @Override
    public ZoneId getZone() {
      return ZoneOffset.UTC;
    }

    @Override
    public Clock withZone(ZoneId zone) {
      return this;
    }
  }
}
