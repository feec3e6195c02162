package org.muster.erasure;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.lang.reflect.Proxy;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.muster.event.Append;
import org.muster.event.Event;
import org.muster.event.EventStore;
import org.muster.event.EventType;
import org.muster.event.Expected;
import org.muster.event.Recorded;
import org.muster.event.Sealing;
import org.muster.event.Snapshot;
import org.muster.event.StreamRead;
import org.muster.event.memory.MemoryEventStore;
import org.muster.event.memory.MemorySnapshotStore;
import org.muster.event.memory.MemorySubjectKeys;
import org.muster.event.seal.KeyedSealing;
import org.muster.event.seal.SubjectKey;
import org.muster.event.seal.SubjectKeys;
import org.muster.kernel.Origin;
import org.muster.kernel.Precondition;
import org.muster.kernel.TenantId;
import org.muster.kernel.Version;
import org.muster.scim.ScimException;
import org.muster.scim.resource.Secrets;
import org.muster.scim.schema.BuiltInResourceTypes;
import org.muster.storage.Batch;
import org.muster.storage.Change;
import org.muster.storage.JsonDocument;
import org.muster.storage.StorageException;
import org.muster.storage.StorageKey;
import org.muster.storage.StorageProvider;
import org.muster.storage.memory.MemoryStorage;

class ErasureTest {
  private static final TenantId TENANT = new TenantId("acme");
  private static final Origin ADMIN = Origin.of("admin");
  private static final Instant NOW = Instant.ofEpochMilli(1_700_000_000_000L);
  private static final Clock CLOCK = Clock.fixed(NOW, ZoneOffset.UTC);
  private static final StorageKey ANN = user("ann");
  private static final StorageKey BOB = user("bob");

  private final StorageProvider storage = new MemoryStorage(CLOCK);
  private final MemorySubjectKeys keys = new MemorySubjectKeys();
  private final Sealing sealing = new KeyedSealing(keys, true);
  private final MemorySnapshotStore snapshots = new MemorySnapshotStore(sealing);
  private final EventStore events =
      new MemoryEventStore(runnable -> new Thread(runnable).start(), sealing);
  private final Erasing erasing = new Erasing(storage, keys, snapshots, CLOCK);
  private final List<StorageKey> forgotten = new ArrayList<>();
  private final Erasure erasure = erasure(true);

  private Erasure erasure(boolean sealed) {
    return new Erasure(
        storage, new BuiltInResourceTypes(), keys, erasing::erase, forgotten::add, sealed);
  }

  @Test
  void nothingOfAnErasedUserCanBeRead() {
    put(ANN);
    put(Secrets.key(ANN));
    tell(ANN, "Ann");
    tell(Secrets.key(ANN), "hash");
    snapshots.save(new Snapshot(ANN, 1, JsonDocument.ofText("{}")));
    delete(ANN);
    delete(Secrets.key(ANN));

    erasure.erase(TENANT, "User", "ann", ADMIN);

    for (StorageKey part : List.of(ANN, Secrets.key(ANN))) {
      assertThat(storage.buried(part)).isEmpty();
      assertThat(contents(part)).containsExactly(Optional.empty());
      assertThat(keys.find(Set.of(part)))
          .containsEntry(part, new SubjectKey.Destroyed(NOW, "admin"));
      assertThat(snapshots.latest(part, 9)).isEmpty();
    }
  }

  @Test
  void othersStayAsTheyAre() {
    for (StorageKey each : List.of(ANN, BOB)) {
      put(each);
      tell(each, "x");
      snapshots.save(new Snapshot(each, 1, JsonDocument.ofText("{}")));
    }
    delete(ANN);
    delete(BOB);
    erasure.erase(TENANT, "User", "ann", ADMIN);
    assertThat(storage.buried(BOB)).isPresent();
    assertThat(contents(BOB)).containsExactly(Optional.of("{\"text\":\"x\"}"));
    assertThat(snapshots.latest(BOB, 9)).isPresent();
  }

  @Test
  void liveUserIsNotErased() {
    put(ANN);
    tell(ANN, "x");
    assertStatus(409, () -> erasure.erase(TENANT, "User", "ann", ADMIN));
    assertThat(storage.get(ANN, List.of())).isPresent();
    assertThat(contents(ANN)).containsExactly(Optional.of("{\"text\":\"x\"}"));
  }

  @Test
  void userThatWasPurgedBeforeIsErased() {
    tell(ANN, "x");
    erasure.erase(TENANT, "User", "ann", ADMIN);
    assertThat(contents(ANN)).containsExactly(Optional.empty());
  }

  @Test
  void erasingOnceMoreChangesNothing() {
    tell(ANN, "x");
    erasure.erase(TENANT, "User", "ann", ADMIN);
    erasure.erase(TENANT, "User", "ann", Origin.of("another"));
    assertThat(keys.find(Set.of(ANN))).containsEntry(ANN, new SubjectKey.Destroyed(NOW, "admin"));
  }

  @Test
  void erasedUserIsNotToldOfAnyMore() {
    erasure.erase(TENANT, "User", "ann", ADMIN);
    assertThatThrownBy(() -> tell(ANN, "x")).isInstanceOf(StorageException.Erased.class);
  }

  @Test
  void resourceOfATypeThatIsGoneIsErasedIfItHasLeftATrace() {
    StorageKey device = new StorageKey(TENANT, "Device", "d");
    assertStatus(404, () -> erasure.erase(TENANT, "Device", "d", ADMIN));
    put(device);
    delete(device);
    erasure.erase(TENANT, "Device", "d", ADMIN);
    assertThat(storage.buried(device)).isEmpty();
    erasure.erase(TENANT, "Device", "d", ADMIN);
    assertStatus(404, () -> erasure.erase(new TenantId("other"), "Device", "d", ADMIN));
  }

  @Test
  void whatCanBeNoSubjectIsNotFound() {
    put(Secrets.key(ANN));
    delete(Secrets.key(ANN));
    for (String type : List.of("$secret", "", "x".repeat(65), "a\0b", "\ud800")) {
      assertStatus(404, () -> erasure.erase(TENANT, type, "ann", ADMIN));
    }
    for (String id : List.of("", "x".repeat(256), "a\0b", "\ud800")) {
      assertStatus(404, () -> erasure.erase(TENANT, "User", id, ADMIN));
    }
    assertThat(storage.buried(Secrets.key(ANN))).isPresent();
  }

  @Test
  void nothingIsErasedIfEventsAreNotSealed() {
    tell(ANN, "x");
    assertStatus(501, () -> erasure(false).erase(TENANT, "User", "ann", ADMIN));
    assertThat(contents(ANN)).containsExactly(Optional.of("{\"text\":\"x\"}"));
  }

  /** In the database the destruction of the key has waited for whoever made it. */
  @Test
  void userWhoIsMadeAnewMeanwhileIsNotErased() {
    SubjectKeys busy =
        (SubjectKeys)
            Proxy.newProxyInstance(
                ErasureTest.class.getClassLoader(),
                new Class<?>[] {SubjectKeys.class},
                (proxy, method, arguments) -> {
                  put(ANN);
                  return method.invoke(keys, arguments);
                });
    Erasing late = new Erasing(storage, busy, snapshots, CLOCK);
    assertStatus(409, () -> late.erase(ANN, ADMIN));
    assertThat(storage.get(ANN, List.of())).isPresent();
  }

  @Test
  void lostRaceIsRunAnew() {
    put(ANN);
    delete(ANN);
    List<String> attempts = new ArrayList<>();
    Erasure contended =
        new Erasure(
            storage,
            new BuiltInResourceTypes(),
            keys,
            (subject, origin) -> {
              attempts.add(subject.id());
              if (attempts.size() < 3) {
                throw new StorageException.Conflict(subject, "Another writer was faster");
              }
              erasing.erase(subject, origin);
            },
            forgotten::add,
            true);
    contended.erase(TENANT, "User", "ann", ADMIN);
    assertThat(attempts).hasSize(3);
    assertThat(storage.buried(ANN)).isEmpty();
  }

  @Test
  void deadLettersGoAlsoWhereThereIsNoTombstone() {
    erasure.erase(TENANT, "User", "ann", ADMIN);
    assertThat(forgotten).containsExactly(ANN);
  }

  @Test
  void deadLettersStayWhereNothingWasErased() {
    put(ANN);
    assertStatus(409, () -> erasure.erase(TENANT, "User", "ann", ADMIN));
    assertThat(forgotten).isEmpty();
  }

  private static StorageKey user(String id) {
    return new StorageKey(TENANT, "User", id);
  }

  private void put(StorageKey key) {
    storage.apply(
        Batch.put(
            new Change.Put(
                key, JsonDocument.ofText("{}"), new TreeMap<>(Collections.emptyMap()), ""),
            new Precondition.Any()));
  }

  private void delete(StorageKey key) {
    storage.apply(Batch.delete(key, "tester", new Precondition.Present()));
  }

  private void tell(StorageKey key, String text) {
    Recorded recorded =
        Recorded.of(
            EventType.PATCHED,
            new Version(1),
            NOW,
            Origin.of("tester"),
            JsonDocument.ofText("{\"text\":\"" + text + "\"}"));
    events.append(List.of(new Append(key, new Expected.Any(), List.of(recorded))));
  }

  private List<Optional<String>> contents(StorageKey key) {
    List<Optional<String>> contents = new ArrayList<>();
    for (Event event : events.read(StreamRead.forward(key, 1, 10))) {
      contents.add(event.recorded().content().map(JsonDocument::text));
    }
    return contents;
  }

  private static void assertStatus(int status, Runnable action) {
    assertThatThrownBy(action::run)
        .isInstanceOfSatisfying(ScimException.class, e -> assertThat(e.status()).isEqualTo(status));
  }
}
