package org.muster.storage.memory;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.muster.kernel.Precondition;
import org.muster.kernel.TenantId;
import org.muster.storage.Batch;
import org.muster.storage.Change;
import org.muster.storage.Expression;
import org.muster.storage.LinkSelector.Direction;
import org.muster.storage.People;
import org.muster.storage.Query;
import org.muster.storage.StorageKey;
import org.muster.storage.StorageProvider;
import org.muster.storage.StorageProviderContract;
import org.muster.storage.Stored;

/** The contract, kept by {@link MemoryStorage}, and what is its own. */
class MemoryStorageTest extends StorageProviderContract {
  private static final Precondition ANY = new Precondition.Any();
  private static final StorageKey ANN = new StorageKey(TenantId.DEFAULT, "User", "ann");

  private final MemoryStorage storage = new MemoryStorage(Clock.systemUTC());

  @Override
  protected StorageProvider storage() {
    return storage;
  }

  @Test
  void timesAreThoseOfTheClockInMilliseconds() {
    Instant start = Instant.parse("2024-02-29T12:00:00.123456789Z");
    MemoryStorage early = new MemoryStorage(Clock.fixed(start, ZoneOffset.UTC));
    early.apply(Batch.put(People.put(ANN, "{}"), ANY));
    assertThat(early.get(ANN, List.of()).orElseThrow().created())
        .isEqualTo(Instant.parse("2024-02-29T12:00:00.123Z"));
  }

  @Test
  void createdStaysAndModifiedMoves() {
    List<Instant> times =
        new ArrayList<>(
            List.of(Instant.EPOCH, Instant.EPOCH.plus(Duration.ofDays(1)), Instant.MAX));
    Clock clock =
        new Clock() {
          @Override
          public Instant instant() {
            return times.remove(0);
          }

          @Override
          public java.time.ZoneId getZone() {
            return ZoneOffset.UTC;
          }

          @Override
          public Clock withZone(java.time.ZoneId zone) {
            return this;
          }
        };
    MemoryStorage timed = new MemoryStorage(clock);
    timed.apply(Batch.put(People.put(ANN, "{}"), ANY));
    timed.apply(Batch.put(People.put(ANN, "{}"), ANY));
    Stored stored = timed.get(ANN, List.of()).orElseThrow();
    assertThat(stored.created()).isEqualTo(Instant.EPOCH);
    assertThat(stored.modified()).isEqualTo(Instant.EPOCH.plus(Duration.ofDays(1)));
  }

  @Test
  void callerCannotChangeWhatIsStored() {
    Change.Put put = People.put(ANN, "{'userName':'ann'}");
    storage.apply(Batch.put(put, ANY));
    put.document().tree().put("userName", "eve");
    assertThat(storage.get(ANN, List.of()).orElseThrow().document())
        .isEqualTo(People.document("{'userName':'ann'}"));
  }

  @Test
  @Timeout(60)
  void consumerOfAScanMayWrite() {
    TenantId tenant = TenantId.DEFAULT;
    for (int i = 0; i < 1_200; i++) {
      storage.apply(Batch.put(People.put(new StorageKey(tenant, "User", "u" + i), "{}"), ANY));
    }
    Query all =
        new Query(
            tenant,
            "User",
            new Expression.All(),
            Query.Order.BY_ID,
            new Query.Page.After(Optional.empty(), 0),
            List.of(),
            0);
    storage.scan(all, stored -> storage.apply(Batch.delete(stored.key(), "tester", ANY)));
    assertThat(storage.count(all)).isZero();
  }

  @Test
  @Timeout(60)
  void linksOfAHugeGroupAreChangedAndTestedWithoutWalkingThem() {
    LinkGraph graph = new LinkGraph();
    StorageKey group = new StorageKey(TenantId.DEFAULT, "Group", "g");
    int members = 150_000; // walked once a link, it would take hours
    for (int i = 0; i < members; i++) {
      assertThat(graph.add(group, "members", member(i))).isTrue();
      graph.add(group, "members", member(i));
    }
    assertThat(graph.ends(group, "members", Direction.OUT)).hasSize(members);
    for (int i = 0; i < members; i++) {
      assertThat(graph.remove(group, "members", member(i))).isTrue();
    }
    assertThat(graph.ends(group, "members", Direction.OUT)).isEmpty();
  }

  private static StorageKey member(int number) {
    return new StorageKey(TenantId.DEFAULT, "User", "u" + number);
  }
}
