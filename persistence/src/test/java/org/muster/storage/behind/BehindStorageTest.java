package org.muster.storage.behind;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.muster.storage.behind.Installation.SETTINGS;
import static org.muster.storage.behind.Installation.TENANT;
import static org.muster.storage.behind.Installation.device;
import static org.muster.storage.behind.Installation.json;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.muster.cache.ManualTime;
import org.muster.event.Event;
import org.muster.event.EventType;
import org.muster.kernel.Origin;
import org.muster.kernel.Precondition;
import org.muster.kernel.TenantId;
import org.muster.kernel.Version;
import org.muster.storage.Applied;
import org.muster.storage.Batch;
import org.muster.storage.Change;
import org.muster.storage.DeadWrite;
import org.muster.storage.Effect;
import org.muster.storage.Expression;
import org.muster.storage.FaultyStorage;
import org.muster.storage.ForwardingStorage;
import org.muster.storage.JsonDocument;
import org.muster.storage.LinkSelector;
import org.muster.storage.Linked;
import org.muster.storage.People;
import org.muster.storage.Query;
import org.muster.storage.StorageException;
import org.muster.storage.StorageKey;
import org.muster.storage.Stored;
import org.muster.storage.behind.Installation.Node;

@Timeout(60)
class BehindStorageTest {
  private static final Precondition ABSENT = new Precondition.Absent();

  private final Path folder;
  private final Installation installation;

  BehindStorageTest(@TempDir Path folder) {
    this.folder = folder;
    this.installation = new Installation(folder);
  }

  @Test
  void writeIsAcknowledgedAndReadBeforeTheStoreHasIt() {
    try (Node node = installation.node()) {
      Applied applied = node.put("a", "one", ABSENT);
      Applied.Stamp stamp = applied.of(device("a")).orElseThrow();
      Stored read = node.get("a").orElseThrow();
      assertThat(installation.inStore("a")).isEmpty();
      assertThat(read.version()).isEqualTo(stamp.version());
      assertThat(read.created()).isEqualTo(stamp.created()).isEqualTo(stamp.modified());
      assertThat(read.document()).isEqualTo(People.document(json("one")));
      assertThat(applied.effects()).containsExactly(new Effect.Written(device("a"), true));
      assertThat(node.storage().existing(Set.of(device("a"), device("b"))))
          .containsExactly(device("a"));
      assertThat(node.behind().figures().entries()).isEqualTo(1);
    }
  }

  @Test
  void storeAndEventHaveWhatWasAcknowledged() {
    try (Node node = installation.node().start()) {
      Applied.Moment moment = node.put("a", "one", ABSENT).moment().orElseThrow();
      node.settle();
      Stored stored = installation.inStore("a").orElseThrow();
      assertThat(stored.version()).isEqualTo(moment.version());
      assertThat(stored.created()).isEqualTo(moment.time());
      Event event = installation.events("a").get(0);
      assertThat(event.type()).isEqualTo(EventType.CREATED);
      assertThat(event.recorded().version()).contains(moment.version());
      assertThat(event.recorded().time()).isEqualTo(moment.time());
      assertThat(event.recorded().origin()).isEqualTo(Origin.of("ann"));
    }
  }

  @Test
  void writesOfAKeyWithinTheDelayAreOneChangeOfTheStore() {
    try (Node node = installation.node()) {
      Applied.Moment first = node.put("a", "one", ABSENT).moment().orElseThrow();
      for (int i = 0; i < 9; i++) {
        node.put("a", "again " + i);
      }
      Applied.Moment last = node.put("a", "last").moment().orElseThrow();
      node.start().settle();
      assertThat(installation.events("a"))
          .extracting(event -> event.recorded().version().orElseThrow())
          .containsExactly(first.version(), last.version());
      Stored stored = installation.inStore("a").orElseThrow();
      assertThat(stored.version()).isEqualTo(last.version());
      assertThat(stored.created()).isEqualTo(first.time());
      assertThat(stored.document()).isEqualTo(People.document(json("last")));
      assertThat(node.behind().figures().written()).isEqualTo(11);
      assertThat(node.behind().figures().coalesced()).isEqualTo(9);
    }
  }

  @Test
  void staleWriterIsToldAtOnce() {
    try (Node node = installation.node()) {
      Version first = node.put("a", "one", ABSENT).moment().orElseThrow().version();
      Version second =
          node.put("a", "two", new Precondition.At(first)).moment().orElseThrow().version();
      assertThatThrownBy(() -> node.put("a", "three", new Precondition.At(first)))
          .isInstanceOf(StorageException.Conflict.class);
      assertThatThrownBy(() -> node.put("a", "three", ABSENT))
          .isInstanceOf(StorageException.Conflict.class);
      assertThat(node.get("a").orElseThrow().version()).isEqualTo(second);
    }
  }

  @Test
  void searchFindsWhatWasAcknowledged() {
    BehindSettings patient =
        new BehindSettings(
            SETTINGS.collections(), Duration.ofMinutes(1), 1_000, 1 << 24, Duration.ofSeconds(20));
    try (Node node = installation.node(patient).start()) {
      node.put("a", "one");
      node.put("b", "two");
      assertThat(node.storage().count(everything())).isEqualTo(2);
      assertThat(installation.inStore("b")).isPresent();
    }
  }

  @Test
  void whatOthersShowOfADocumentIsUpToDate() {
    try (Node node = installation.node().start()) {
      StorageKey user = new StorageKey(TENANT, "User", "u");
      node.put("a", "before");
      node.storage()
          .apply(
              Batch.builder(TENANT)
                  .add(People.put(user, json("ann")))
                  .add(new Change.AddLinks(user, "device", List.of(device("a"))))
                  .build());
      List<LinkSelector> shown =
          List.of(new LinkSelector("device", LinkSelector.Direction.OUT, false));
      node.storage().get(user, shown);
      node.put("a", "after");
      assertThat(node.storage().get(user, shown).orElseThrow().links())
          .extracting(Linked::label)
          .containsExactly("after");
    }
  }

  @Test
  void otherWritesFindInTheStoreWhatWasAcknowledged() {
    try (Node node = installation.node().start()) {
      node.put("a", "one");
      node.storage().apply(Batch.delete(device("a"), "ann", new Precondition.Present()));
      assertThat(node.get("a")).isEmpty();
      assertThat(installation.events("a"))
          .extracting(Event::type)
          .containsExactly(EventType.CREATED, EventType.DELETED);
    }
  }

  @Test
  void writerWaitsForRoomAndIsRefusedInTheEnd() {
    BehindSettings small =
        new BehindSettings(
            SETTINGS.collections(), Duration.ZERO, 2, 1 << 24, Duration.ofMillis(100));
    try (Node node = installation.node(small)) {
      node.put("a", "one");
      node.put("b", "two");
      long begin = System.nanoTime();
      assertThatThrownBy(() -> node.put("c", "three"))
          .isInstanceOf(StorageException.Unavailable.class);
      assertThat(System.nanoTime() - begin).isGreaterThan(90_000_000);
      assertThat(node.get("c")).isEmpty();
      assertThat(node.behind().figures().refused()).isEqualTo(1);
      node.start().settle();
      node.put("c", "three");
      node.settle();
      assertThat(installation.inStore("c")).isPresent();
    }
  }

  @Test
  void writerGoesOnWhenThereIsRoom() throws Exception {
    BehindSettings small =
        new BehindSettings(
            SETTINGS.collections(), Duration.ZERO, 1, 1 << 24, Duration.ofSeconds(20));
    try (Node node = installation.node(small)) {
      node.put("a", "one");
      CompletableFuture<Applied> waiting =
          CompletableFuture.supplyAsync(() -> node.put("b", "two"));
      Thread.sleep(50);
      assertThat(waiting).isNotDone();
      node.start();
      waiting.get();
    }
  }

  @Test
  void somebodyElsesChangeIsNotOverwritten() {
    long id;
    try (Node node = installation.node()) {
      installation.store.apply(put("a", "theirs"));
      Applied.Moment mine = node.put("a", "mine").moment().orElseThrow();
      Applied.Moment later = node.put("a", "mine again").moment().orElseThrow();
      installation.store.apply(put("a", "theirs again"));
      node.start().settle();
      assertThat(nameOf(installation.inStore("a"))).isEqualTo("theirs again");
      assertThat(nameOf(node.get("a"))).as("read on this node").isEqualTo("theirs again");
      assertThat(node.behind().letters(0, 10)).hasSize(1);
      DeadWrite letter = node.behind().letters(0, 10).get(0);
      id = letter.id();
      assertThat(letter.id()).isEqualTo(mine.version().value());
      assertThat(letter.version()).isEqualTo(later.version());
      assertThat(letter.writes()).isEqualTo(2);
      assertThat(letter.origin().actor()).isEqualTo("ann");
      assertThat(node.behind().figures().dead()).isEqualTo(2);
    }
    try (Node node = installation.node().start()) {
      assertThat(node.behind().letter(id).orElseThrow().document())
          .as("after a restart")
          .isEqualTo(People.document(json("mine again")));
      assertThatThrownBy(() -> node.behind().retry(id, false))
          .isInstanceOf(StorageException.Conflict.class);
      assertThat(node.behind().figures().letters()).isEqualTo(1);
      assertThat(node.behind().retry(id, true)).isTrue();
      assertThat(nameOf(installation.inStore("a"))).isEqualTo("mine again");
      assertThat(nameOf(node.get("a"))).isEqualTo("mine again");
      assertThat(node.behind().letters(0, 10)).isEmpty();
      assertThat(node.behind().retry(id, true)).isFalse();
    }
  }

  @Test
  void deadLetterIsInWorkOnce() throws Exception {
    CountDownLatch reached = new CountDownLatch(1);
    CountDownLatch goOn = new CountDownLatch(1);
    AtomicBoolean stops = new AtomicBoolean();
    installation.through(
        store ->
            new ForwardingStorage(store) {
              @Override
              public Applied apply(Batch batch) {
                if (stops.getAndSet(false)) {
                  reached.countDown();
                  awaitQuietly(goOn);
                }
                return super.apply(batch);
              }
            });
    try (Node node = installation.node()) {
      node.put("a", "mine", ABSENT);
      installation.store.apply(put("a", "theirs"));
      node.start().settle();
      long id = node.behind().letters(0, 10).get(0).id();
      stops.set(true);
      CompletableFuture<Boolean> first =
          CompletableFuture.supplyAsync(() -> node.behind().retry(id, true));
      reached.await();
      assertThatThrownBy(() -> node.behind().retry(id, true)).isInstanceOf(DeadWrite.InWork.class);
      assertThatThrownBy(() -> node.behind().discard(id)).isInstanceOf(DeadWrite.InWork.class);
      goOn.countDown();
      assertThat(first.get()).isTrue();
      assertThat(node.behind().discard(id)).isFalse();
      assertThat(installation.events("a")).as("theirs, and mine once").hasSize(2);
    }
  }

  private static void awaitQuietly(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  @Test
  void deadLettersComeInPagesAndCanBeGivenUp() {
    try (Node node = installation.node()) {
      for (int i = 0; i < 5; i++) {
        node.put("d" + i, "mine", ABSENT);
        installation.store.apply(put("d" + i, "theirs"));
      }
      node.start().settle();
      List<DeadWrite> first = node.behind().letters(0, 3);
      List<DeadWrite> second = node.behind().letters(first.get(2).id(), 3);
      assertThat(first).hasSize(3);
      assertThat(second).hasSize(2);
      assertThat(node.behind().discard(first.get(0).id())).isTrue();
      assertThat(node.behind().discard(first.get(0).id())).isFalse();
      assertThat(node.behind().letters(0, 10)).hasSize(4);
    }
    assertThat(Behind.left(folder)).isEqualTo(new Behind.Left(0, 4));
    try (Node node = installation.node()) {
      assertThat(node.behind().letters(0, 10)).as("after a restart").hasSize(4);
    }
  }

  @Test
  void whatIsLeftIsWrittenByTheNextRun() throws Exception {
    Node killed = installation.node();
    Applied.Moment moment = killed.put("a", "one", ABSENT).moment().orElseThrow();
    killed.behind().abandon();
    try (Node node = installation.node()) {
      assertThat(node.get("a").orElseThrow().version()).isEqualTo(moment.version());
      node.start().settle();
      assertThat(installation.inStore("a").orElseThrow().version()).isEqualTo(moment.version());
    }
  }

  @Test
  void whatIsLeftOfACollectionThatIsNotConfiguredAnyMoreIsReadAndWritten() throws Exception {
    assertThat(Behind.left(folder.resolve("nowhere"))).isEqualTo(new Behind.Left(0, 0));
    Node killed = installation.node();
    killed.put("a", "one", ABSENT);
    killed.behind().abandon();
    assertThat(Behind.left(folder)).isEqualTo(new Behind.Left(1, 0));
    BehindSettings other =
        new BehindSettings(
            Set.of("Presence"), Duration.ZERO, 1_000, 1 << 24, Duration.ofSeconds(20));
    try (Node node = installation.node(other)) {
      assertThat(nameOf(node.get("a"))).isEqualTo("one");
      node.start();
      node.put("a", "two");
      assertThat(nameOf(installation.inStore("a"))).as("at once").isEqualTo("two");
      assertThat(installation.events("a")).hasSize(2);
    }
    assertThat(Behind.left(folder)).isEqualTo(new Behind.Left(0, 0));
  }

  @Test
  void whatTheStoreHasAlreadyIsNotDoneTwice() throws Exception {
    storeHadItBeforeTheKill();
    try (Node node = installation.node().start()) {
      node.settle();
      assertThat(installation.events("a")).hasSize(1);
      assertThat(node.behind().figures().letters()).isZero();
    }
  }

  @Test
  void whatTheStoreHasHadIsNoDeadLetterThoughSomebodyHasChangedItSince() throws Exception {
    installation.store.apply(put("a", "zero"));
    Node killed = installation.node();
    Applied.Moment moment = killed.put("a", "one").moment().orElseThrow();
    killed.behind().abandon();
    installation.store.apply(put("a", "one").asOf(moment));
    installation.store.apply(put("a", "theirs"));
    try (Node node = installation.node().start()) {
      node.settle();
      assertThat(nameOf(installation.inStore("a"))).isEqualTo("theirs");
      assertThat(node.behind().figures().letters()).isZero();
      assertThat(node.behind().figures().written()).isEqualTo(1);
      assertThat(installation.events("a")).hasSize(3);
    }
  }

  @Test
  void onlyWhatTheStoreHasNotHadIsADeadLetter() throws Exception {
    Node killed = installation.node();
    Applied.Moment first = killed.put("a", "one", ABSENT).moment().orElseThrow();
    killed.put("a", "two");
    Applied.Moment third = killed.put("a", "three").moment().orElseThrow();
    Applied.Moment fourth = killed.put("a", "four").moment().orElseThrow();
    killed.behind().abandon();
    installation.store.apply(put("a", "one").asOf(first));
    installation.store.apply(put("a", "three").asOf(third)); // with the second within it
    installation.store.apply(put("a", "theirs"));
    try (Node node = installation.node().start()) {
      node.settle();
      assertThat(node.behind().figures().written()).isEqualTo(3);
      assertThat(node.behind().letters(0, 10))
          .extracting(DeadWrite::version)
          .containsExactly(fourth.version());
    }
  }

  @Test
  void documentThatWasDeletedSinceIsNotBroughtBack() throws Exception {
    storeHadItBeforeTheKill();
    installation.store.apply(Batch.delete(device("a"), "eve", new Precondition.Any()));
    try (Node node = installation.node().start()) {
      node.settle();
      assertThat(installation.inStore("a")).isEmpty();
      assertThat(node.behind().letters(0, 10)).as("the store has had it").isEmpty();
    }
  }

  @Test
  void documentThatWasPurgedSinceIsNotBroughtBack() throws Exception {
    storeHadItBeforeTheKill();
    installation.store.apply(Batch.delete(device("a"), "eve", new Precondition.Any()));
    Version tombstone = installation.store.buried(device("a")).orElseThrow().tombstone().version();
    installation.store.apply(
        Batch.builder(TENANT).add(new Change.Purge(device("a"), tombstone)).build());
    try (Node node = installation.node().start()) {
      node.settle();
      assertThat(installation.inStore("a")).isEmpty();
      assertThat(node.behind().letters(0, 10)).isEmpty();
    }
  }

  @Test
  void documentIsDeletedAndCreatedAnewInOneMillisecond() {
    Installation other = new Installation(folder, new ManualTime(), true);
    try (Node node = other.node().start()) {
      node.put("a", "one", ABSENT);
      node.storage().apply(Batch.delete(device("a"), "ann", new Precondition.Present()));
      Applied.Moment anew = node.put("a", "anew", ABSENT).moment().orElseThrow();
      assertThat(nameOf(node.get("a"))).isEqualTo("anew");
      node.settle();
      assertThat(other.inStore("a").orElseThrow().version()).isEqualTo(anew.version());
      assertThat(other.events("a"))
          .extracting(Event::type)
          .containsExactly(EventType.CREATED, EventType.DELETED, EventType.CREATED);
      assertThat(node.behind().figures().letters()).isZero();
    }
  }

  @Test
  void documentThatWasCreatedAnewInTheMillisecondOfItsDeletionIsThereAfterARestart()
      throws Exception {
    Installation other = new Installation(folder, new ManualTime(), true);
    other.store.apply(put("a", "one"));
    other.store.apply(Batch.delete(device("a"), "eve", new Precondition.Present()));
    restartAfter(other, node -> node.put("a", "anew", ABSENT));
    assertThat(nameOf(other.inStore("a"))).isEqualTo("anew");
  }

  @Test
  void documentThatWasDeletedInTheMillisecondOfItsCreationIsNotBroughtBackByARestart()
      throws Exception {
    Installation other = new Installation(folder, new ManualTime(), true);
    restartAfter(other, node -> createdAndDeleted(other, node));
    assertThat(other.inStore("a")).isEmpty();
    assertThat(Behind.left(folder)).isEqualTo(new Behind.Left(0, 0));
  }

  @Test
  void withoutEventsTheTimeOfTheCreationTells() throws Exception {
    ManualTime time = new ManualTime();
    Installation other = new Installation(folder, time, false);
    other.store.apply(put("a", "one"));
    time.pass(Duration.ofMillis(1));
    other.store.apply(Batch.delete(device("a"), "eve", new Precondition.Present()));
    restartAfter(other, node -> node.put("a", "anew", ABSENT));
    assertThat(nameOf(other.inStore("a"))).isEqualTo("anew");
    other.store.apply(Batch.delete(device("a"), "eve", new Precondition.Present()));
    time.pass(Duration.ofMillis(1));
    restartAfter(other, node -> createdAndDeleted(other, node));
    assertThat(other.inStore("a")).isEmpty();
    assertThat(Behind.left(folder)).as("nobody knows").isEqualTo(new Behind.Left(0, 1));
  }

  /** The store gets it before the end, and somebody deletes it. */
  private static void createdAndDeleted(Installation installation, Node node) {
    Applied.Moment moment = node.put("a", "short", ABSENT).moment().orElseThrow();
    installation.store.apply(put("a", "short").asOf(moment));
    installation.store.apply(Batch.delete(device("a"), "eve", new Precondition.Present()));
  }

  private static void restartAfter(Installation installation, Consumer<Node> work)
      throws InterruptedException {
    Node killed = installation.node();
    work.accept(killed);
    killed.behind().abandon();
    try (Node node = installation.node().start()) {
      node.settle();
    }
  }

  @Test
  void damagedEntryIsNotServedAndWhatWasMadeOfItIsNotWritten() throws Exception {
    installation.store.apply(put("a", "first"));
    Node killed = installation.node();
    killed.put("a", "damaged");
    killed.put("a", "made of it");
    killed.put("b", "another");
    killed.behind().abandon();
    Path log = files(".log").get(0);
    String text = Files.readString(log, StandardCharsets.ISO_8859_1);
    Files.writeString(
        log,
        text.replace("{\"userName\":\"damaged", "{\"userName\":\"dimaged"),
        StandardCharsets.ISO_8859_1);
    try (Node node = installation.node()) {
      assertThat(node.behind().figures().corrupt()).isEqualTo(1);
      node.start().settle();
      assertThat(nameOf(installation.inStore("b"))).isEqualTo("another");
      assertThat(nameOf(node.get("a"))).isEqualTo("first");
      assertThat(node.behind().letters(0, 10)).hasSize(1);
      long id = node.behind().letters(0, 10).get(0).id();
      assertThat(node.behind().letter(id).orElseThrow().document())
          .isEqualTo(People.document(json("made of it")));
    }
  }

  @Test
  void erasedTenantLeavesNothing() throws Exception {
    try (Node node = installation.node()) {
      node.put("a", "traceless", ABSENT);
      installation.store.apply(put("a", "theirs"));
      node.start().settle();
      assertThat(node.behind().letters(0, 10)).hasSize(1);
    }
    Node node = installation.node();
    node.put("b", "traceless");
    while (node.storage().erase(TENANT, 100) > 0) {
      // goes on until nothing is left
    }
    assertThat(node.get("b")).isEmpty();
    assertThat(node.behind().letters(0, 10)).isEmpty();
    assertThat(node.behind().figures().entries()).isZero();
    assertNoTrace();
    node.start().close();
    assertThat(installation.inStore("b")).isEmpty();
  }

  @Test
  void erasureThatCouldNotRewriteTheLogIsDoneAnew() throws Exception {
    try (Node node = installation.node()) {
      node.put("a", "traceless");
      whileAway(() -> assertFails(node, TENANT));
      node.storage().erase(TENANT, 100);
      assertNoTrace();
    }
  }

  @Test
  void whatIsLoggedAfterAnErasureIsErasedToo() throws Exception {
    try (Node node = installation.node().start()) {
      node.storage().erase(TENANT, 100);
      node.put("a", "traceless");
      node.settle();
      node.storage().erase(TENANT, 100);
      assertNoTrace();
    }
  }

  @Test
  void whatCouldNotBeCancelledIsCancelledByTheNextErasure() throws Exception {
    TenantId other = new TenantId("other");
    StorageKey undecided = new StorageKey(other, "Device", "o");
    Node node = installation.node();
    node.put("a", "one");
    Batch batch = Batch.put(People.put(undecided, json("o")), ABSENT);
    Acknowledging acknowledging = node.behind().acknowledging();
    Early early =
        acknowledging.write(batch, acknowledging.simple(batch).orElseThrow()).orElseThrow();
    whileAway(
        () -> {
          assertFails(node, new TenantId("third")); // the log has no file any more then
          assertFails(node, TENANT);
        });
    node.storage().erase(TENANT, 100);
    node.behind().abandon(); // what is undecided has kept the file with the other one
    assertThat(early.write().key()).isEqualTo(undecided);
    try (Node next = installation.node()) {
      assertThat(next.get("a")).isEmpty();
      assertThat(next.behind().figures().entries()).isEqualTo(1);
    }
  }

  private void whileAway(Runnable action) throws IOException {
    Path elsewhere = folder.resolveSibling(folder.getFileName() + "-away");
    Files.move(folder, elsewhere);
    try {
      action.run();
    } finally {
      Files.move(elsewhere, folder);
    }
  }

  private static void assertFails(Node node, TenantId tenant) {
    assertThatThrownBy(() -> node.storage().erase(tenant, 100))
        .isInstanceOf(UncheckedIOException.class);
  }

  private void assertNoTrace() throws IOException {
    for (Path file : files("")) {
      assertThat(Files.readString(file, StandardCharsets.ISO_8859_1)).doesNotContain("traceless");
    }
  }

  @Test
  void tenantThatWasErasedMeanwhileIsNotBroughtBack() throws Exception {
    Node killed = installation.node();
    killed.put("a", "one");
    killed.behind().abandon();
    installation.served = false;
    try (Node node = installation.node().start()) {
      node.settle();
      assertThat(installation.inStore("a")).isEmpty();
      assertThat(node.behind().figures().dropped()).isEqualTo(1);
      assertThat(node.behind().letters(0, 10)).isEmpty();
    }
  }

  @Test
  void tenantThatWasErasedWhileTheStoreWasAwayIsNotBroughtBack() {
    AtomicInteger attempts = new AtomicInteger();
    installation.through(
        store ->
            new ForwardingStorage(store) {
              @Override
              public Applied apply(Batch batch) {
                if (attempts.incrementAndGet() == 1) {
                  installation.served = false; // another node erases it meanwhile
                  throw new StorageException.Unavailable("Away", null);
                }
                return super.apply(batch);
              }
            });
    try (Node node = installation.node(impatient())) { // both are taken together
      node.put("a", "one", ABSENT);
      node.put("b", "two", ABSENT);
      node.start().settle();
      assertThat(installation.inStore("a")).isEmpty();
      assertThat(installation.inStore("b")).isEmpty();
      assertThat(node.behind().figures().dropped()).isEqualTo(2);
      assertThat(node.behind().letters(0, 10)).isEmpty();
    }
  }

  @Test
  void creationOfWhichNobodyKnewIsNotDoneAgainWhenSomebodyHasDeletedIt() {
    Installation installation = new Installation(folder);
    AtomicInteger attempts = new AtomicInteger();
    installation.through(
        store ->
            new ForwardingStorage(store) {
              @Override
              public Applied apply(Batch batch) {
                Applied applied = super.apply(batch);
                if (attempts.incrementAndGet() == 1) {
                  store.apply(Batch.delete(device("a"), "eve", new Precondition.Present()));
                  throw new StorageException.Unavailable("Done, and the answer lost", null);
                }
                return applied;
              }
            });
    try (Node node = installation.node()) {
      node.put("a", "one", ABSENT);
      node.start().settle();
      assertThat(installation.inStore("a")).isEmpty();
      assertThat(attempts).hasValue(1);
      assertThat(node.behind().figures().written()).isEqualTo(1);
      assertThat(node.behind().letters(0, 10)).isEmpty();
    }
  }

  @Test
  void deadLetterDoesNotBringAnErasedTenantBack() {
    try (Node node = installation.node()) {
      node.put("a", "mine", ABSENT);
      installation.store.apply(put("a", "theirs"));
      node.start().settle();
      installation.store.erase(TENANT, 100);
      installation.served = false;
      long id = node.behind().letters(0, 10).get(0).id();
      assertThat(node.behind().retry(id, true)).isFalse();
      assertThat(installation.inStore("a")).isEmpty();
      assertThat(node.behind().letters(0, 10)).as("given up").isEmpty();
      assertThat(node.behind().figures().dropped()).isEqualTo(1);
    }
  }

  @Test
  void writeThatConflictsWithAnErasureIsNoDeadLetter() {
    installation.store.apply(put("a", "one"));
    try (Node node = installation.node()) {
      node.put("a", "two");
      installation.store.erase(TENANT, 100);
      installation.served = false;
      node.start().settle();
      assertThat(node.behind().letters(0, 10)).isEmpty();
      assertThat(node.behind().figures().dropped()).isEqualTo(1);
    }
  }

  @Test
  void purgedDocumentHasNoDeadLetter() {
    try (Node node = installation.node()) {
      node.put("a", "mine", ABSENT);
      installation.store.apply(put("a", "theirs"));
      node.start().settle();
      node.storage().apply(Batch.delete(device("a"), "ann", new Precondition.Any()));
      Version tombstone = node.storage().buried(device("a")).orElseThrow().tombstone().version();
      node.storage()
          .apply(Batch.builder(TENANT).add(new Change.Purge(device("a"), tombstone)).build());
      assertThat(node.behind().letters(0, 10)).isEmpty();
    }
  }

  @Test
  void deadLettersOfADocumentCanBeForgotten() {
    try (Node node = installation.node()) {
      for (String id : List.of("a", "b")) {
        node.put(id, "mine", ABSENT);
        installation.store.apply(put(id, "theirs"));
      }
      node.start().settle();
      node.behind().forget(device("a"));
      assertThat(node.behind().letters(0, 10))
          .extracting(DeadWrite::key)
          .containsExactly(device("b"));
    }
  }

  @Test
  void storeThatFailsAtTimesGetsAllOfItOnce() {
    installation.through(
        store -> new FaultyStorage(store, 7, FaultyStorage.Faults.NONE.before(20).after(20)));
    try (Node node = installation.node(impatient())) {
      for (int i = 0; i < 40; i++) {
        String id = "d" + i % 10;
        String name = "n" + i;
        Installation.await(() -> isPut(node, id, name));
      }
      node.start().settle();
      assertThat(node.behind().figures().letters()).isZero();
    }
    for (int i = 0; i < 10; i++) {
      assertThat(nameOf(installation.inStore("d" + i))).isEqualTo("n" + (30 + i));
      Set<Version> versions = new HashSet<>();
      for (Event event : installation.events("d" + i)) {
        assertThat(versions.add(event.recorded().version().orElseThrow())).isTrue();
      }
    }
  }

  @Test
  void writeThatNobodyTakesBecomesADeadLetter() {
    installation.through(
        store ->
            new ForwardingStorage(store) {
              @Override
              public Applied apply(Batch batch) {
                if (batch.changes().get(0).key().id().equals("bad")) {
                  throw new StorageException.TooLarge("Too much");
                }
                return super.apply(batch);
              }
            });
    try (Node node = installation.node()) {
      node.put("bad", "one");
      node.put("good", "two");
      node.start().settle();
      assertThat(installation.inStore("good")).isPresent();
      assertThat(node.behind().letters(0, 10))
          .extracting(DeadWrite::why)
          .containsExactly("Too much");
    }
  }

  @Test
  void largeDocumentIsRefusedAtOnce() {
    try (Node node = installation.node()) {
      JsonDocument large = People.with("userName", "x".repeat(JsonDocument.MAX_BYTES));
      assertThatThrownBy(
              () ->
                  node.storage()
                      .apply(Batch.put(People.put(device("a"), large), new Precondition.Any())))
          .isInstanceOf(StorageException.TooLarge.class);
      node.put("a", "small");
      assertThat(node.behind().figures().entries()).isEqualTo(1);
    }
  }

  @Test
  void otherCollectionsGoToTheStoreAtOnce() {
    try (Node node = installation.node()) {
      StorageKey user = new StorageKey(TENANT, "User", "u");
      node.put("a", "one");
      node.storage().apply(Batch.put(People.put(user, json("ann")), ABSENT));
      assertThat(installation.documents.get(user, List.of())).isPresent();
      assertThat(installation.inStore("a")).as("and do not wait").isEmpty();
    }
  }

  @Test
  void timeOfAWriteIsThatOfItsAcknowledgement() throws Exception {
    try (Node node = installation.node()) {
      node.put("a", "one");
      Thread.sleep(30);
      Instant after = Instant.now();
      node.start().settle();
      assertThat(installation.inStore("a").orElseThrow().modified()).isBefore(after);
    }
  }

  private static boolean isPut(Node node, String id, String name) {
    try {
      node.put(id, name);
      return true;
    } catch (StorageException.Unavailable e) {
      return false;
    }
  }

  private static BehindSettings impatient() {
    return new BehindSettings(
        SETTINGS.collections(), Duration.ZERO, 1_000, 1 << 24, Duration.ofSeconds(20));
  }

  /** A node has acknowledged a creation, and was killed when it had been stored. */
  private void storeHadItBeforeTheKill() throws Exception {
    Node killed = installation.node();
    Applied.Moment moment = killed.put("a", "one", ABSENT).moment().orElseThrow();
    killed.behind().abandon();
    installation.store.apply(put("a", "one").asOf(moment));
  }

  private static Batch put(String id, String name) {
    return Batch.put(People.put(device(id), json(name)), new Precondition.Any());
  }

  private static String nameOf(Optional<Stored> stored) {
    return stored.orElseThrow().document().tree().path("userName").asText();
  }

  private static Query everything() {
    return new Query(
        TENANT,
        "Device",
        new Expression.All(),
        Query.Order.BY_ID,
        new Query.Page.After(Optional.empty(), 100),
        List.of(),
        Long.MAX_VALUE);
  }

  private List<Path> files(String ending) throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      return files.filter(file -> file.toString().endsWith(ending)).sorted().toList();
    }
  }
}
