package org.muster.storage.behind;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.muster.event.Sealing;
import org.muster.kernel.Precondition;
import org.muster.kernel.TenantId;
import org.muster.kernel.Version;
import org.muster.monitor.Calls;
import org.muster.storage.Applied;
import org.muster.storage.Batch;
import org.muster.storage.Change;
import org.muster.storage.Expression;
import org.muster.storage.ForwardingStorage;
import org.muster.storage.People;
import org.muster.storage.Query;
import org.muster.storage.StorageException;
import org.muster.storage.StorageKey;
import org.muster.storage.StorageProvider;
import org.muster.storage.cached.CachedStorage;
import org.muster.storage.cached.TestCache;
import org.muster.storage.jpa.JpaStorage;
import org.muster.storage.jpa.TestDatabase;

/** Writes that are acknowledged early, within transactions of a database. */
@Timeout(60)
class BehindTransactionTest {
  private static final Precondition ABSENT = new Precondition.Absent();

  @TempDir Path folder;
  private final TestDatabase database = TestDatabase.h2();
  private final JpaStorage store = database.storage(Clock.systemUTC());
  private final TenantId tenant = new TenantId("t" + UUID.randomUUID().toString().replace("-", ""));
  private volatile Runnable whenApplied = () -> {};
  private volatile boolean served = true;
  private final StorageProvider cached =
      new CachedStorage(
          new ForwardingStorage(store) {
            @Override
            public Applied apply(Batch batch) {
              whenApplied.run();
              return super.apply(batch);
            }
          },
          TestCache.heap(),
          CachedStorage.Mode.WRITE_THROUGH,
          database,
          () -> 0);

  private @Nullable Behind opened;
  private @Nullable StorageProvider made;

  @BeforeEach
  void open() {
    Behind behind = anew();
    opened = behind;
    made = new BehindStorage(cached, database, behind);
  }

  private Behind behind() {
    return Objects.requireNonNull(opened);
  }

  private StorageProvider storage() {
    return Objects.requireNonNull(made);
  }

  private Behind anew() {
    return new Behind(
        folder,
        new BehindSettings(
            Set.of("Device"), Duration.ofMinutes(1), 1_000, 1 << 24, Duration.ofSeconds(5)),
        new Behind.Surroundings(
            cached,
            Units.of(database),
            store::reserve,
            database.events(Sealing.NONE),
            (id, time) -> served,
            Calls.UNWATCHED,
            Clock.systemUTC()));
  }

  @AfterEach
  void close() {
    behind().stop();
  }

  @Test
  void committedWriteIsPendingAndNoStatementWasExecuted() {
    put("a", "one", ABSENT); // the first one draws versions
    database.executed();
    Applied applied = database.inTransaction(() -> put(storage(), "b", "two", ABSENT));
    assertThat(database.executed()).as("but for the look whether it is there").hasSize(1);
    assertThat(storage().get(key("b"), List.of()).orElseThrow().version())
        .isEqualTo(applied.moment().orElseThrow().version());
    assertThat(store.get(key("b"), List.of())).isEmpty();
    database.executed();
    put("b", "three", new Precondition.At(applied.moment().orElseThrow().version()));
    assertThat(database.executed()).isEmpty();
  }

  @Test
  void rolledBackWriteIsNowhereNotEvenAfterARestart() throws Exception {
    assertThatThrownBy(
            () ->
                database.inTransaction(
                    () -> {
                      put(storage(), "a", "one", ABSENT);
                      assertThat(storage().get(key("a"), List.of())).isPresent();
                      throw new IllegalArgumentException("rolled back");
                    }))
        .isInstanceOf(IllegalArgumentException.class);
    assertThat(storage().get(key("a"), List.of())).isEmpty();
    behind().abandon();
    opened = anew();
    assertThat(behind().figures().entries()).isZero();
  }

  @Test
  void nobodyElseSeesItBeforeTheCommit() {
    database.inTransaction(
        () -> {
          put(storage(), "a", "one", ABSENT);
          assertThat(elsewhere(() -> storage().get(key("a"), List.of()).isPresent())).isFalse();
          return true;
        });
    assertThat(storage().get(key("a"), List.of())).isPresent();
  }

  @Test
  void anotherWriterOfTheKeyWaitsForTheCommit() {
    List<CompletableFuture<Applied>> other = new ArrayList<>();
    database.inTransaction(
        () -> {
          put(storage(), "a", "one", ABSENT);
          other.add(CompletableFuture.supplyAsync(() -> put("a", "two", ABSENT)));
          sleep();
          assertThat(other.get(0)).isNotDone();
          return true;
        });
    assertThatThrownBy(() -> other.get(0).join())
        .hasCauseInstanceOf(StorageException.Conflict.class);
  }

  @Test
  void transactionThatDoesMoreGoesToTheStoreAsAWhole() {
    behind().start(Units::thread);
    Applied first =
        database.inTransaction(
            () -> {
              Applied applied = put(storage(), "a", "one", ABSENT);
              put(storage(), "b", "two", ABSENT);
              return applied;
            });
    assertThat(store.get(key("a"), List.of()).orElseThrow().version())
        .isEqualTo(first.moment().orElseThrow().version());
    assertThat(store.get(key("b"), List.of())).isPresent();
    assertThat(behind().figures().entries()).isZero();
    assertThat(storage().get(key("a"), List.of())).isPresent();
  }

  @Test
  void transactionFindsWhatItHasWritten() {
    behind().start(Units::thread);
    put("a", "one", ABSENT);
    database.inTransaction(
        () -> {
          put(storage(), "b", "two", ABSENT);
          assertThat(storage().count(everything())).isEqualTo(2);
          return true;
        });
    assertThat(behind().figures().entries()).isZero();
  }

  @Test
  void writesBesideOneThatGoesThroughGoThroughToo() {
    behind().start(Units::thread);
    put("a", "one", ABSENT);
    database.inTransaction(
        () -> {
          storage().apply(Batch.delete(key("a"), "ann", new Precondition.Any()));
          return true;
        });
    put("c", "three", ABSENT);
    assertThat(behind().figures().entries()).as("acknowledged early again").isEqualTo(1);
    assertThat(store.get(key("a"), List.of())).isEmpty();
  }

  @Test
  void deadLetterGoesWithTheCommitOfThePurge() {
    put("a", "mine", ABSENT);
    database.inTransaction(() -> put(store, "a", "theirs", ABSENT));
    behind().start(Units::thread);
    storage().count(everything());
    database.inTransaction(
        () -> storage().apply(Batch.delete(key("a"), "ann", new Precondition.Any())));
    assertThatThrownBy(
            () ->
                database.inTransaction(
                    () -> {
                      purge("a");
                      throw new IllegalArgumentException("rolled back");
                    }))
        .isInstanceOf(IllegalArgumentException.class);
    assertThat(behind().letters(0, 10)).as("the purge was rolled back").hasSize(1);
    database.inTransaction(() -> purge("a"));
    assertThat(behind().letters(0, 10)).isEmpty();
    put("a", "anew", ABSENT);
    assertThat(behind().figures().entries()).as("acknowledged early again").isEqualTo(1);
  }

  @Test
  void tenantThatIsErasedWhileItIsWrittenIsNotBroughtBack() {
    put("a", "one", ABSENT);
    put("b", "two", ABSENT);
    whenApplied = () -> served = false; // another node erases it, after the look whether it is
    behind().start(Units::thread);
    storage().count(everything()); // both are taken together
    assertThat(store.get(key("a"), List.of())).isEmpty();
    assertThat(store.get(key("b"), List.of())).isEmpty();
    assertThat(behind().figures().dropped()).isEqualTo(2);
    assertThat(behind().letters(0, 10)).isEmpty();
  }

  @Test
  void writeAloneIsNotBroughtBackEither() {
    put("a", "one", ABSENT);
    whenApplied = () -> served = false;
    behind().start(Units::thread);
    storage().count(everything());
    assertThat(store.get(key("a"), List.of())).isEmpty();
    assertThat(behind().figures().dropped()).isEqualTo(1);
  }

  @Test
  void deadLetterOfATenantThatIsErasedWhileItIsRetriedIsGivenUp() {
    put("a", "mine", ABSENT);
    database.inTransaction(() -> put(store, "a", "theirs", ABSENT));
    behind().start(Units::thread);
    storage().count(everything());
    long id = behind().letters(0, 10).get(0).id();
    Version theirs = store.get(key("a"), List.of()).orElseThrow().version();
    whenApplied = () -> served = false;
    assertThat(behind().retry(id, true)).isFalse();
    assertThat(store.get(key("a"), List.of()).orElseThrow().version()).isEqualTo(theirs);
    assertThat(behind().letters(0, 10)).isEmpty();
    assertThat(behind().figures().dropped()).isEqualTo(1);
  }

  private Applied purge(String id) {
    Version tombstone = storage().buried(key(id)).orElseThrow().tombstone().version();
    return storage().apply(Batch.builder(tenant).add(new Change.Purge(key(id), tombstone)).build());
  }

  private Applied put(String id, String name, Precondition expected) {
    return database.inTransaction(() -> put(storage(), id, name, expected));
  }

  private Applied put(StorageProvider to, String id, String name, Precondition expected) {
    return to.apply(Batch.put(People.put(key(id), Installation.json(name)), expected));
  }

  private StorageKey key(String id) {
    return new StorageKey(tenant, "Device", id);
  }

  private Query everything() {
    return new Query(
        tenant,
        "Device",
        new Expression.All(),
        Query.Order.BY_ID,
        new Query.Page.After(Optional.empty(), 100),
        List.of(),
        Long.MAX_VALUE);
  }

  private static <T> T elsewhere(Supplier<T> action) {
    return CompletableFuture.supplyAsync(action).join();
  }

  private static void sleep() {
    LockSupport.parkNanos(50_000_000);
  }
}
