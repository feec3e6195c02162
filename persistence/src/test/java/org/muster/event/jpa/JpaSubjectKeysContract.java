package org.muster.event.jpa;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.muster.event.Append;
import org.muster.event.Event;
import org.muster.event.EventStore;
import org.muster.event.EventType;
import org.muster.event.Expected;
import org.muster.event.Recorded;
import org.muster.event.Sealing;
import org.muster.event.StreamRead;
import org.muster.event.seal.KeyWrapping;
import org.muster.event.seal.KeyedSealing;
import org.muster.event.seal.SubjectKey;
import org.muster.event.seal.SubjectKeys;
import org.muster.event.seal.SubjectKeysContract;
import org.muster.kernel.Origin;
import org.muster.kernel.Version;
import org.muster.sql.Sql;
import org.muster.storage.JsonDocument;
import org.muster.storage.StorageException;
import org.muster.storage.StorageKey;
import org.muster.storage.jpa.TestDatabase;

/** What keys in the database do besides: transactions, and how they are stored. */
abstract class JpaSubjectKeysContract extends SubjectKeysContract {
  private static final byte[] MASTER = master(1);
  private static final Instant TIME = Instant.ofEpochMilli(1_000);

  abstract TestDatabase database();

  /** Whether it reads and inserts by two statements. */
  abstract boolean insertsApart();

  /** So that none is left which another test's master key does not open. */
  @AfterEach
  void removeKeys() {
    EventStore events = database().events(Sealing.NONE);
    database().inTransaction(() -> events.erase(tenant, 10_000));
    keys().erase(tenant, 10_000);
  }

  @Override
  protected SubjectKeys keys() {
    return new TransactionPerKeys(inner(), database());
  }

  private JpaSubjectKeys inner() {
    return database().keys(KeyWrapping.NONE);
  }

  @Test
  void keyThatWasRolledBackNeverWas() {
    assertThatThrownBy(
            () ->
                database()
                    .inTransaction(
                        () -> {
                          byte[] made = secret(inner().obtain(Set.of(user("a"))), user("a"));
                          assertThat(secret(inner().find(Set.of(user("a"))), user("a")))
                              .isEqualTo(made);
                          throw new IllegalStateException("meant");
                        }))
        .hasMessage("meant");
    assertThat(keys().find(Set.of(user("a")))).isEmpty();
  }

  @Test
  void keyWhoseDestructionWasRolledBackIsKept() {
    byte[] made = secret(keys().obtain(Set.of(user("a"))), user("a"));
    assertThatThrownBy(
            () ->
                database()
                    .inTransaction(
                        () -> {
                          inner().destroy(user("a"), TIME, "admin");
                          assertThat(inner().find(Set.of(user("a"))).get(user("a")))
                              .isInstanceOf(SubjectKey.Destroyed.class);
                          throw new IllegalStateException("meant");
                        }))
        .hasMessage("meant");
    assertThat(secret(keys().obtain(Set.of(user("a"))), user("a"))).isEqualTo(made);
  }

  /** The writer's events are as unreadable as those before; who comes later is refused. */
  @Test
  void destructionWaitsForWhoHasObtainedTheKey() throws Exception {
    EventStore store = database().events(new KeyedSealing(inner(), true));
    for (boolean isNew : new boolean[] {true, false}) {
      StorageKey subject = user(isNew ? "new" : "old");
      if (!isNew) {
        keys().obtain(Set.of(subject));
      }
      CountDownLatch written = new CountDownLatch(1);
      AtomicBoolean committed = new AtomicBoolean();
      CompletableFuture<Void> writer =
          CompletableFuture.runAsync(
              () -> {
                database()
                    .inTransaction(
                        () -> {
                          store.append(one(subject));
                          written.countDown();
                          pause(300);
                          committed.set(true);
                          return true;
                        });
              });
      assertThat(written.await(30, TimeUnit.SECONDS)).isTrue();
      assertThat(keys().destroy(subject, TIME, "admin")).isTrue();
      assertThat(committed).as("the writer was not waited for").isTrue();
      writer.get(30, TimeUnit.SECONDS);
      assertThat(store.read(StreamRead.forward(subject, 1, 10)))
          .hasSize(1)
          .allMatch(event -> event.recorded().content().isEmpty());
      assertThatThrownBy(() -> database().inTransaction(() -> store.append(one(subject))))
          .isInstanceOf(StorageException.Erased.class);
    }
  }

  /** Whoever appends while somebody erases: all that got in is unreadable, and nobody later did. */
  @Test
  void noWriterComesBetweenAnErasureAndItsEffect() throws Exception {
    EventStore store = database().events(new KeyedSealing(inner(), true));
    Random random = new Random(7);
    int subjects = 15;
    for (int i = 0; i < subjects; i++) {
      StorageKey subject = user("race" + i);
      AtomicBoolean erased = new AtomicBoolean();
      AtomicInteger late = new AtomicInteger();
      List<CompletableFuture<Integer>> writers =
          IntStream.range(0, 3)
              .mapToObj(
                  writer ->
                      CompletableFuture.supplyAsync(
                          () -> appendUntilRefused(store, subject, erased, late)))
              .toList();
      pause(random.nextInt(20));
      keys().destroy(subject, TIME, "admin");
      erased.set(true);
      int appended = 0;
      for (CompletableFuture<Integer> writer : writers) {
        appended += writer.get(60, TimeUnit.SECONDS);
      }
      assertThat(late).hasValue(0);
      assertThat(store.read(StreamRead.forward(subject, 1, 10_000)))
          .hasSize(appended)
          .allMatch(event -> event.recorded().content().isEmpty());
    }
  }

  private int appendUntilRefused(
      EventStore store, StorageKey subject, AtomicBoolean erased, AtomicInteger late) {
    for (int appended = 0; ; ) {
      boolean before = erased.get();
      try {
        List<Event> events = database().inTransaction(() -> store.append(one(subject)));
        appended += events.size();
        if (before) {
          late.incrementAndGet();
        }
      } catch (StorageException.Erased e) {
        return appended;
      } catch (StorageException.Conflict e) {
        // another writer was faster
      }
    }
  }

  @Test
  void oneStatementIsEnoughForAnyNumber() {
    int forNew = insertsApart() ? 2 : 1;
    assertThat(statements(Set.of(user("a")))).hasSize(forNew);
    assertThat(statements(Set.of(user("a")))).hasSize(1);
    Set<StorageKey> many =
        IntStream.range(0, 500).mapToObj(i -> user("u" + i)).collect(Collectors.toSet());
    assertThat(statements(many)).hasSize(forNew);
    assertThat(statements(many)).hasSize(1);
    database().executed();
    inner().find(many);
    assertThat(database().executed().stream().filter(sql -> sql.contains("subject_key")))
        .hasSize(1);
  }

  private List<String> statements(Set<StorageKey> subjects) {
    SubjectKeys keys = inner();
    database().executed();
    database().inTransaction(() -> keys.obtain(subjects));
    return database().executed().stream().filter(sql -> sql.contains("subject_key")).toList();
  }

  /** A creation brings the keys along; if a stream has one, it is found and used. */
  @Test
  void creationsAndTheirKeysAreOneStatement() {
    EventStore store = database().events(new KeyedSealing(inner(), true));
    boolean apart = insertsApart();
    assertThat(appended(store, EventType.CREATED, "a")).isEqualTo(apart ? 3 : 1);
    byte[] first = secret(keys().find(Set.of(user("a"))), user("a"));
    assertThat(appended(store, EventType.PATCHED, "a")).isEqualTo(2);
    assertThat(appended(store, EventType.CREATED, "a")).isEqualTo(apart ? 2 : 3);
    assertThat(appended(store, EventType.CREATED, "b", "c")).isEqualTo(apart ? 4 : 1);
    assertThat(appended(store, EventType.CREATED, "d", "a")).isEqualTo(apart ? 4 : 3);
    assertThat(secret(keys().find(Set.of(user("a"))), user("a"))).isEqualTo(first);
    for (String id : List.of("a", "b", "c", "d")) {
      assertThat(store.read(StreamRead.forward(user(id), 1, 10)))
          .hasSize(id.equals("a") ? 4 : 1)
          .allMatch(event -> event.recorded().content().isPresent());
    }
    keys().destroy(user("a"), TIME, "admin");
    assertThatThrownBy(() -> appended(store, EventType.CREATED, "e", "a"))
        .isInstanceOf(StorageException.Erased.class);
    assertThat(keys().find(Set.of(user("e")))).isEmpty();
  }

  private int appended(EventStore store, EventType type, String... ids) {
    List<Append> appends =
        Arrays.stream(ids)
            .map(
                id ->
                    new Append(
                        user(id),
                        new Expected.Any(),
                        List.of(
                            Recorded.of(
                                type,
                                new Version(1),
                                TIME,
                                Origin.SYSTEM,
                                JsonDocument.ofText("{}")))))
            .toList();
    database().executed();
    database().inTransaction(() -> store.append(appends));
    return database().executed().size();
  }

  @Test
  void masterKeyIsNeededForWhatItHasWrapped() {
    byte[] plain = secret(keys().obtain(Set.of(user("plain"))), user("plain"));
    SubjectKeys wrapped = with(KeyWrapping.under(MASTER));
    byte[] secret = secret(wrapped.obtain(Set.of(user("a"))), user("a"));
    assertThat(secret(wrapped.find(Set.of(user("plain"))), user("plain"))).isEqualTo(plain);
    assertThat(secret(wrapped.find(Set.of(user("a"))), user("a"))).isEqualTo(secret);
    assertThat(secret(wrapped.obtain(Set.of(user("a"))), user("a"))).isEqualTo(secret);
    assertThatThrownBy(() -> keys().find(Set.of(user("a"))))
        .isInstanceOf(StorageException.Corrupt.class)
        .hasMessageContaining("none is configured");
    SubjectKeys other = with(KeyWrapping.under(master(2)));
    assertThatThrownBy(() -> other.obtain(Set.of(user("a"))))
        .isInstanceOf(StorageException.Corrupt.class)
        .hasMessageContaining("another master key");
    assertThatCode(() -> database().keys(KeyWrapping.under(MASTER)).begin())
        .doesNotThrowAnyException();
    assertThatThrownBy(() -> inner().begin()).isInstanceOf(StorageException.Corrupt.class);
  }

  @Test
  void neitherKeyNorContentIsReadableInTheDatabase() {
    SubjectKeys wrapped = with(KeyWrapping.under(MASTER));
    byte[] secret = secret(wrapped.obtain(Set.of(user("a"))), user("a"));
    EventStore store = database().events(new KeyedSealing(wrapped, true));
    database().inTransaction(() -> store.append(one(user("a"))));
    for (String column : List.of("secret from subject_key", "content from event")) {
      List<byte[]> stored =
          database().bytes(Sql.of("select " + column + " where tenant = ?", tenant.value()));
      assertThat(stored).hasSize(1);
      String text = Arrays.toString(stored.get(0));
      assertThat(text)
          .doesNotContain(inside(secret))
          .doesNotContain(inside("Ann".getBytes(StandardCharsets.UTF_8)));
    }
    wrapped.destroy(user("a"), TIME, "admin");
    assertThat(
            database()
                .bytes(
                    Sql.of("select secret from subject_key where tenant = ?", tenant.value())
                        .add(" and secret is not null")))
        .isEmpty();
  }

  private static String inside(byte[] bytes) {
    String text = Arrays.toString(bytes);
    return text.substring(1, text.length() - 1);
  }

  @Test
  void transactionIsNeededForAllButReading() {
    for (Runnable write :
        List.<Runnable>of(
            () -> inner().obtain(Set.of(user("a"))),
            () -> inner().destroy(user("a"), TIME, "admin"),
            () -> inner().erase(tenant, 1))) {
      assertThatThrownBy(write::run).isInstanceOf(IllegalStateException.class);
    }
    assertThat(inner().find(Set.of(user("a")))).isEmpty();
  }

  @Test
  void sameSubjectIsDestroyedOnceByMany() throws Exception {
    keys().obtain(Set.of(user("a")));
    Set<CompletableFuture<Boolean>> tasks = new HashSet<>();
    for (int i = 0; i < 4; i++) {
      StorageKey subject = user(i % 2 == 0 ? "a" : "none");
      String actor = "admin" + i;
      tasks.add(CompletableFuture.supplyAsync(() -> keys().destroy(subject, TIME, actor)));
    }
    int destroyed = 0;
    for (CompletableFuture<Boolean> task : tasks) {
      destroyed += task.get(60, TimeUnit.SECONDS) ? 1 : 0;
    }
    assertThat(destroyed).isEqualTo(2);
    Map<StorageKey, SubjectKey> found = keys().find(Set.of(user("a"), user("none")));
    assertThat(found.values()).hasSize(2).allMatch(SubjectKey.Destroyed.class::isInstance);
  }

  private SubjectKeys with(KeyWrapping wrapping) {
    return new TransactionPerKeys(database().keys(wrapping), database());
  }

  private static byte[] master(int seed) {
    byte[] master = new byte[32];
    new Random(seed).nextBytes(master);
    return master;
  }

  private static List<Append> one(StorageKey subject) {
    Recorded recorded =
        Recorded.of(
            EventType.PATCHED,
            new Version(1),
            TIME,
            Origin.of("tester"),
            JsonDocument.ofText("{\"name\":\"Ann\"}"));
    return List.of(new Append(subject, new Expected.Any(), List.of(recorded)));
  }

  private static void pause(int millis) {
    try {
      TimeUnit.MILLISECONDS.sleep(millis);
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
  }
}
