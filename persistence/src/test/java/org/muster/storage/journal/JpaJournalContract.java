package org.muster.storage.journal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.muster.event.Event;
import org.muster.event.EventFilter;
import org.muster.event.EventStore;
import org.muster.event.EventType;
import org.muster.event.Position;
import org.muster.event.Sealing;
import org.muster.event.StreamRead;
import org.muster.event.jpa.JpaEventStore;
import org.muster.event.jpa.JpaSubjectKeys;
import org.muster.event.seal.KeyWrapping;
import org.muster.event.seal.KeyedSealing;
import org.muster.kernel.Precondition;
import org.muster.kernel.TenantId;
import org.muster.storage.Batch;
import org.muster.storage.Change;
import org.muster.storage.JsonDocument;
import org.muster.storage.People;
import org.muster.storage.StorageException;
import org.muster.storage.StorageKey;
import org.muster.storage.StorageProvider;
import org.muster.storage.jpa.TestDatabase;

/** A journal whose events go with the statements of what they tell of. */
abstract class JpaJournalContract {
  private static final Precondition ABSENT = new Precondition.Absent();
  private static final Precondition ANY = new Precondition.Any();

  private final TenantId tenant = new TenantId("t" + UUID.randomUUID().toString().substring(0, 8));
  private TestDatabase database;
  private JpaSubjectKeys keys;
  private JpaEventStore events;
  private StorageProvider storage;

  abstract TestDatabase database();

  @BeforeEach
  void open() {
    database = database();
    keys = database.keys(KeyWrapping.NONE);
    events = database.events(new KeyedSealing(keys, true));
    storage = journaled(events);
    storage.apply(created("first")); // the block of versions is there
    database.executed();
  }

  private StorageProvider journaled(JpaEventStore store) {
    return database.transactional(database.journaled(Clock.systemUTC(), store));
  }

  /** In how many round trips a user is created, with the event and its key. */
  abstract int roundTrips();

  /** In how many round trips a user is replaced, with the event. */
  abstract int roundTripsOfChange();

  @Test
  void eventOfWhatIsCreatedGoesWithIt() {
    storage.apply(created("ann"));
    assertThat(database.executed()).hasSize(roundTrips());
    Event event = stream("ann").get(0);
    assertThat(event.number()).isEqualTo(1);
    assertThat(document(event)).contains(People.document("{'userName':'ann'}"));
    assertThat(event.recorded().version())
        .contains(storage.get(user("ann"), List.of()).orElseThrow().version());
    assertThat(keys.find(Set.of(user("ann")))).hasSize(1);
  }

  @Test
  void keyOfWhatIsChangedGoesWithIt() {
    storage.apply(created("ann"));
    Batch change = changed("ann");
    database.executed();
    storage.apply(change);
    assertThat(database.executed()).hasSize(roundTripsOfChange());
    assertThat(stream("ann"))
        .extracting(Event::type)
        .containsExactly(EventType.CREATED, EventType.REPLACED);
    assertThat(document(stream("ann").get(1))).contains(People.document("{'userName':'eve'}"));
  }

  @Test
  void erasedSubjectIsNotChanged() {
    storage.apply(created("ann"));
    database.inTransaction(() -> keys.destroy(user("ann"), Instant.ofEpochMilli(1), "admin"));
    assertThatThrownBy(() -> storage.apply(changed("ann")))
        .isInstanceOf(StorageException.Erased.class);
    assertThat(storage.get(user("ann"), List.of()).orElseThrow().document())
        .isEqualTo(People.document("{'userName':'ann'}"));
    assertThat(stream("ann")).hasSize(1);
  }

  @Test
  void whatIsChangedWithoutAKeyGetsOne() {
    journaled(database.events(Sealing.NONE)).apply(created("ann"));
    storage.apply(changed("ann"));
    assertThat(keys.find(Set.of(user("ann")))).hasSize(1);
    assertThat(stream("ann")).extracting(Event::number).containsExactly(1L, 2L);
    journaled(database.events(Sealing.NONE)).apply(changed("ann"));
    assertThat(stream("ann")).allMatch(event -> event.recorded().content().isPresent()).hasSize(3);
  }

  @Test
  void newAndOldOnesAreWrittenTogether() {
    storage.apply(created("ann"));
    storage.apply(
        Batch.builder(tenant)
            .add(People.put(user("ann"), "{'userName':'eve'}"))
            .add(People.put(user("bob"), "{}"))
            .build());
    assertThat(stream("ann")).hasSize(2);
    assertThat(stream("bob")).extracting(Event::type).containsExactly(EventType.CREATED);
  }

  @Test
  void changeThatFailsLeavesNoEvent() {
    storage.apply(claimed("ann", "one"));
    storage.apply(claimed("bob", "two"));
    assertThatThrownBy(
            () ->
                storage.apply(
                    Batch.builder(tenant)
                        .add(People.put(user("ann"), "{'userName':'two'}"))
                        .add(new Change.Claim(user("ann"), "userName", "two"))
                        .build()))
        .isInstanceOf(StorageException.NotUnique.class);
    assertThat(stream("ann")).hasSize(1);
  }

  @Test
  void withoutSealingNoKeyIsMade() {
    journaled(database.events(Sealing.NONE)).apply(created("ann"));
    assertThat(stream("ann")).hasSize(1);
    assertThat(keys.find(Set.of(user("ann")))).isEmpty();
  }

  @Test
  void manyThatAreCreatedTogetherHaveTheirEvents() {
    Batch.Builder batch = Batch.builder(tenant);
    for (int i = 0; i < 30; i++) {
      batch.add(People.put(user("u" + i), "{'userName':'u" + i + "'}"));
      batch.expect(user("u" + i), ABSENT);
    }
    storage.apply(batch.build());
    for (int i = 0; i < 30; i++) {
      assertThat(stream("u" + i)).extracting(Event::type).containsExactly(EventType.CREATED);
    }
  }

  @Test
  void whatComesBackUnderItsIdGoesOnWithItsStream() {
    storage.apply(created("ann"));
    storage.apply(Batch.delete(user("ann"), "test", ANY));
    storage.apply(created("ann"));
    assertThat(stream("ann"))
        .extracting(Event::type)
        .containsExactly(EventType.CREATED, EventType.DELETED, EventType.CREATED);
    assertThat(stream("ann")).extracting(Event::number).containsExactly(1L, 2L, 3L);
    assertThat(stream("ann")).allMatch(event -> event.recorded().content().isPresent());
  }

  @Test
  void oneOfManyThatComesBackIsNoOtherOne() {
    storage.apply(created("ann"));
    storage.apply(Batch.delete(user("ann"), "test", ANY));
    storage.apply(
        Batch.builder(tenant)
            .add(People.put(user("bob"), "{}"))
            .add(People.put(user("ann"), "{}"))
            .build());
    assertThat(stream("ann")).hasSize(3);
    assertThat(stream("bob")).extracting(Event::type).containsExactly(EventType.CREATED);
    assertThat(document(stream("bob").get(0))).contains(People.document("{}"));
  }

  @Test
  void eventsFromBeforeSealingStayBeforeTheNextOnes() {
    StorageProvider plain = journaled(database.events(Sealing.NONE));
    plain.apply(created("ann"));
    plain.apply(Batch.delete(user("ann"), "test", ANY));
    storage.apply(created("ann"));
    assertThat(stream("ann")).extracting(Event::number).containsExactly(1L, 2L, 3L);
    assertThat(stream("ann")).allMatch(event -> event.recorded().content().isPresent());
  }

  @Test
  void erasedSubjectIsNotCreated() {
    database.inTransaction(() -> keys.destroy(user("ann"), Instant.ofEpochMilli(1), "admin"));
    assertThatThrownBy(() -> storage.apply(created("ann")))
        .isInstanceOf(StorageException.Erased.class);
    assertThat(storage.get(user("ann"), List.of())).isEmpty();
    assertThat(stream("ann")).isEmpty();
  }

  @Test
  void whatIsNotCreatedLeavesNeitherEventNorKey() {
    storage.apply(claimed("ann", "same"));
    assertThatThrownBy(() -> storage.apply(claimed("bob", "same")))
        .isInstanceOf(StorageException.NotUnique.class);
    assertThatThrownBy(() -> storage.apply(claimed("ann", "other")))
        .isInstanceOf(StorageException.Conflict.class);
    assertThat(stream("ann")).hasSize(1);
    assertThat(stream("bob")).isEmpty();
    assertThat(keys.find(Set.of(user("bob")))).isEmpty();
  }

  @Test
  void collectionsOfTheServerItselfAreNotTold() {
    StorageKey secret = new StorageKey(tenant, "$secret", "ann");
    storage.apply(Batch.put(People.put(secret, "{}"), ABSENT));
    assertThat(events.read(StreamRead.forward(secret, 1, 10))).isEmpty();
    assertThat(keys.find(Set.of(secret))).isEmpty();
  }

  @Test
  void subscriberHearsOfWhatWasCommitted() throws InterruptedException {
    CountDownLatch heard = new CountDownLatch(1);
    Position end = events.end();
    EventStore.Subscription subscription =
        events.subscribe(
            end, EventFilter.of(tenant), page -> page.events().forEach(event -> heard.countDown()));
    storage.apply(created("ann"));
    assertThat(heard.await(10, TimeUnit.SECONDS)).isTrue();
    subscription.close();
  }

  private Batch created(String id) {
    return Batch.put(People.put(user(id), "{'userName':'" + id + "'}"), ABSENT);
  }

  private Batch changed(String id) {
    return Batch.put(
        People.put(user(id), "{'userName':'eve'}"),
        new Precondition.At(storage.get(user(id), List.of()).orElseThrow().version()));
  }

  private Batch claimed(String id, String name) {
    return Batch.builder(tenant)
        .add(People.put(user(id), "{'userName':'" + name + "'}"))
        .add(new Change.Claim(user(id), "userName", name))
        .expect(user(id), ABSENT)
        .build();
  }

  private List<Event> stream(String id) {
    return events.read(StreamRead.forward(user(id), 1, 10));
  }

  private static Optional<JsonDocument> document(Event event) {
    return event
        .recorded()
        .content()
        .map(content -> JsonDocument.ofText(content.tree().get("document").toString()));
  }

  private StorageKey user(String id) {
    return new StorageKey(tenant, "User", id);
  }
}
