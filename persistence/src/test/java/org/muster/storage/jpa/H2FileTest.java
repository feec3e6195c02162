package org.muster.storage.jpa;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.muster.kernel.Precondition;
import org.muster.kernel.TenantId;
import org.muster.storage.Applied;
import org.muster.storage.Batch;
import org.muster.storage.Change;
import org.muster.storage.People;
import org.muster.storage.StorageException;
import org.muster.storage.StorageKey;
import org.muster.storage.StorageProvider;
import org.muster.storage.Stored;

/** H2 with a file, as it is shipped: each commit is in the file before it is acknowledged. */
class H2FileTest {
  private static final Precondition ANY = new Precondition.Any();
  private static final String SETTINGS =
      ";MODE=PostgreSQL;DATABASE_TO_LOWER=TRUE;DEFAULT_NULL_ORDERING=HIGH;WRITE_DELAY=0";

  private TestDatabase database;
  private JpaStorage joining;
  private StorageProvider storage;

  @BeforeEach
  void open(@TempDir Path folder) {
    database =
        TestDatabase.h2("jdbc:h2:file:" + folder.resolve("db") + SETTINGS + ";QUERY_CACHE_SIZE=0");
    joining = database.storage(Clock.systemUTC());
    storage = new TransactionPerBatch(joining, database);
  }

  @Test
  void databaseThatMayGiveOldResultsIsRefused() {
    assertThatThrownBy(() -> TestDatabase.h2("jdbc:h2:mem:caching" + SETTINGS))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("QUERY_CACHE_SIZE=0");
  }

  @Test
  void probeOfHealthLeavesTheTimeoutOfTheSessionAlone() throws SQLException {
    try (Connection connection = database.pool.getConnection();
        Statement statement = connection.createStatement()) {
      statement.setQueryTimeout(60);
    }
    assertThat(joining.health().up()).isTrue();
    try (Connection connection = database.pool.getConnection();
        Statement statement = connection.createStatement()) {
      assertThat(statement.getQueryTimeout()).isEqualTo(60);
    }
  }

  @Test
  void writerWaitsUntilTheOneBeforeHasCommitted() {
    CompletableFuture<Applied> second = database.inTransaction(this::writeWhileAnotherWaits);
    assertThat(second).succeedsWithin(Duration.ofSeconds(30));
    assertThat(storage.get(key("first"), List.of())).isPresent();
  }

  @Test
  void writerWaitsUntilTheOneBeforeHasRolledBack() {
    AtomicReference<CompletableFuture<Applied>> second =
        new AtomicReference<>(new CompletableFuture<>());
    assertThatThrownBy(
            () ->
                database.inTransaction(
                    () -> {
                      second.set(writeWhileAnotherWaits());
                      throw new IllegalStateException("rolled back");
                    }))
        .hasMessage("rolled back");
    assertThat(second.get()).succeedsWithin(Duration.ofSeconds(30));
    assertThat(storage.get(key("first"), List.of())).isEmpty();
  }

  private CompletableFuture<Applied> writeWhileAnotherWaits() {
    joining.apply(Batch.put(People.put(key("first"), "{}"), ANY));
    CompletableFuture<Applied> second =
        inThread(() -> storage.apply(Batch.put(People.put(key("second"), "{}"), ANY)));
    assertThatThrownBy(() -> second.get(300, TimeUnit.MILLISECONDS))
        .isInstanceOf(TimeoutException.class);
    joining.apply(Batch.put(People.put(key("first"), "{'age':1}"), ANY)); // still the same turn
    return second;
  }

  @Test
  void writesStayWhileOthersRollBack() throws Exception {
    StorageKey counter = key("counter");
    storage.apply(Batch.put(People.put(counter, "{'age':0}"), ANY));
    storage.apply(
        Batch.builder(counter.tenant())
            .add(People.put(key("owner"), "{}"))
            .add(new Change.Claim(key("owner"), "userName", "taken"))
            .build());
    AtomicInteger counted = new AtomicInteger();
    AtomicInteger rolledBack = new AtomicInteger();
    AtomicBoolean over = new AtomicBoolean();
    List<CompletableFuture<Object>> failing =
        Stream.generate(() -> inThread(() -> failUntil(over, counter, rolledBack)))
            .limit(2)
            .toList();
    CompletableFuture<?>[] counting =
        Stream.generate(() -> inThread(() -> count(counter, counted)))
            .limit(2)
            .toArray(CompletableFuture<?>[]::new);
    CompletableFuture.allOf(counting).get(300, TimeUnit.SECONDS);
    over.set(true);
    failing.forEach(CompletableFuture::join);
    assertThat(rolledBack.get()).isPositive();
    assertThat(age(counter)).isEqualTo(counted.get());
  }

  private Object failUntil(AtomicBoolean over, StorageKey counter, AtomicInteger rolledBack) {
    Batch failing =
        Batch.builder(counter.tenant())
            .add(People.put(counter, "{'age':-1}"))
            .add(new Change.Claim(counter, "userName", "taken"))
            .build();
    while (!over.get()) {
      assertThatThrownBy(() -> storage.apply(failing)).isInstanceOf(StorageException.class);
      rolledBack.incrementAndGet();
    }
    return rolledBack;
  }

  private Object count(StorageKey counter, AtomicInteger counted) {
    for (int i = 0; i < 1_000; i++) {
      Stored before = storage.get(counter, List.of()).orElseThrow();
      int next = before.document().tree().path("age").asInt() + 1;
      try {
        storage.apply(
            Batch.put(
                People.put(counter, "{'age':" + next + "}"),
                new Precondition.At(before.version())));
        counted.incrementAndGet();
      } catch (StorageException.Conflict e) {
        // the other one was faster
      }
    }
    return counted;
  }

  private int age(StorageKey key) {
    return storage.get(key, List.of()).orElseThrow().document().tree().path("age").asInt();
  }

  private static <T> CompletableFuture<T> inThread(Supplier<T> action) {
    return CompletableFuture.supplyAsync(action, task -> new Thread(task).start());
  }

  private static StorageKey key(String id) {
    return new StorageKey(new TenantId("file"), "User", id);
  }
}
