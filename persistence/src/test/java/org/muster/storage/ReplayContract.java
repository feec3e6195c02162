package org.muster.storage;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestReporter;
import org.muster.event.Event;
import org.muster.event.EventFilter;
import org.muster.event.EventPage;
import org.muster.event.EventStore;
import org.muster.event.Position;
import org.muster.event.Recorded;
import org.muster.event.Sealing;
import org.muster.event.document.DocumentReplay;
import org.muster.event.memory.MemoryEventStore;
import org.muster.event.projection.BatchPages;
import org.muster.kernel.Origin;
import org.muster.kernel.Precondition;
import org.muster.kernel.TenantId;
import org.muster.kernel.Version;
import org.muster.storage.RandomBatches.Versions;
import org.muster.storage.journal.JournaledStorage;
import org.muster.storage.memory.MemoryStorage;

/** What events make of an empty store is what the store was that they tell of. */
public abstract class ReplayContract {
  private static final Comparator<Version> BY_VALUE = Comparator.comparingLong(Version::value);

  private final TenantId tenant = new TenantId("r" + UUID.randomUUID().toString().replace("-", ""));
  private final EventStore events = new MemoryEventStore(Runnable::run, Sealing.NONE);
  private final StorageProvider source =
      new JournaledStorage(new MemoryStorage(Clock.systemUTC()), events);

  /** A store that has nothing of the tenant. */
  protected abstract StorageProvider target();

  @Test
  void storeIsMadeAgainWithItsVersionsAndTimes(TestReporter reporter) {
    long seed = seed(reporter);
    Random random = new Random(seed);
    fill(random, 1_000);
    DocumentReplay replay = new DocumentReplay(target());
    Position position = Position.START;
    EventPage page;
    do {
      page = new BatchPages(events).after(position, EventFilter.ALL, 1 + random.nextInt(60));
      replay.apply(page.events());
      position = page.next();
    } while (!page.complete());
    assertThat(replay.unknown()).isZero();
    new SameStore(source, target(), tenant).check("seed " + seed);
  }

  @Test
  void pageThatComesAgainAndInPartChangesNothing(TestReporter reporter) {
    long seed = seed(reporter);
    Random random = new Random(seed);
    fill(random, 600);
    Position position = Position.START;
    EventPage page;
    do {
      page = new BatchPages(events).after(position, EventFilter.ALL, 1 + random.nextInt(40));
      // as after a crash: some of its batches were applied, and nobody knows
      new DocumentReplay(target()).apply(batches(page.events(), random));
      new DocumentReplay(target()).apply(page.events());
      if (random.nextBoolean()) {
        new DocumentReplay(target()).apply(page.events());
      }
      position = page.next();
    } while (!page.complete());
    new SameStore(source, target(), tenant).check("seed " + seed);
  }

  @Test
  void documentsFromBeforeTheEventsAreLeftOutAndCounted() {
    StorageProvider before = new MemoryStorage(Clock.systemUTC());
    StorageKey ann = new StorageKey(tenant, "User", "ann");
    StorageKey bob = new StorageKey(tenant, "User", "bob");
    StorageKey group = new StorageKey(tenant, "Group", "g");
    before.apply(
        Batch.builder(tenant)
            .add(People.put(ann, "{'userName':'ann','note':'" + "-".repeat(200) + "'}"))
            .build());
    StorageProvider journaled = new JournaledStorage(before, events);
    Stored old = before.get(ann, List.of()).orElseThrow();
    JsonDocument changed =
        JsonDocument.of(old.document().tree().deepCopy().put("title", "Engineer"));
    journaled.apply(
        Batch.put(People.put(ann, changed).madeOf(old, true), new Precondition.At(old.version())));
    journaled.apply(
        Batch.builder(tenant)
            .add(People.put(bob, "{'userName':'bob'}"))
            .add(People.put(group, "{}"))
            .add(new Change.AddLinks(group, "members", List.of(ann, bob)))
            .build());
    DocumentReplay replay = new DocumentReplay(target());
    replay.apply(events.after(Position.START, EventFilter.ALL, 100).events());
    assertThat(replay.unknown()).isEqualTo(2);
    assertThat(target().existing(Set.of(ann, bob, group))).containsExactlyInAnyOrder(bob, group);
    assertThat(target().get(group, List.of()).map(Stored::version))
        .isEqualTo(before.get(group, List.of()).map(Stored::version));
    assertThat(
            target()
                .links(
                    new LinkQuery(
                        List.of(group),
                        "members",
                        LinkSelector.Direction.OUT,
                        Optional.empty(),
                        10)))
        .extracting(Linked::other)
        .containsExactly(bob);
  }

  @Test
  void erasedDocumentIsNotThereAndWhatLinkedToItHasItsVersion() {
    StorageKey ann = new StorageKey(tenant, "User", "ann");
    StorageKey group = new StorageKey(tenant, "Group", "g");
    source.apply(
        Batch.builder(tenant)
            .add(People.put(ann, "{'userName':'ann'}"))
            .add(People.put(group, "{}"))
            .add(new Change.AddLinks(group, "members", List.of(ann)))
            .build());
    source.apply(Batch.delete(ann, "eve", new Precondition.Any()));
    List<Event> erased = new ArrayList<>();
    for (Event event : events.after(Position.START, EventFilter.ALL, 100).events()) {
      erased.add(event.stream().equals(ann) ? unreadable(event) : event);
    }
    new DocumentReplay(target()).apply(erased);
    assertThat(target().existing(Set.of(ann, group))).containsExactly(group);
    assertThat(target().buried(ann)).isEmpty();
    assertThat(target().get(group, List.of())).isEqualTo(source.get(group, List.of()));
  }

  @Test
  void touchedDocumentHasTheGivenVersionAndIsAsItWas() {
    StorageKey ann = new StorageKey(tenant, "User", "ann");
    target().apply(Batch.put(People.put(ann, "{'userName':'ann'}"), new Precondition.Any()));
    Stored before = target().get(ann, List.of()).orElseThrow();
    Applied.Moment moment =
        new Applied.Moment(
            new Version(before.version().value() + 5_000),
            Instant.parse("2001-02-03T04:05:06.789Z"));
    Applied applied =
        target().apply(Batch.builder(tenant).add(new Change.Touch(ann)).asOf(moment).build());
    Stored after = target().get(ann, List.of()).orElseThrow();
    assertThat(after.version()).isEqualTo(moment.version());
    assertThat(after.modified()).isEqualTo(moment.time());
    assertThat(after.created()).isEqualTo(before.created());
    assertThat(after.document()).isEqualTo(before.document());
    assertThat(after.label()).isEqualTo(before.label());
    assertThat(applied.effects()).isEmpty();
  }

  @Test
  void touchingWhatIsNotThereChangesNothing() {
    StorageKey ann = new StorageKey(tenant, "User", "ann");
    Applied.Moment moment = new Applied.Moment(new Version(7), Instant.EPOCH);
    target().apply(Batch.builder(tenant).add(new Change.Touch(ann)).asOf(moment).build());
    assertThat(target().existing(Set.of(ann))).isEmpty();
  }

  private static Event unreadable(Event event) {
    Recorded recorded = event.recorded();
    return new Event(
        event.position(),
        event.stream(),
        event.number(),
        new Recorded(
            recorded.id(),
            recorded.type(),
            recorded.schema(),
            recorded.version(),
            recorded.time(),
            recorded.origin(),
            Optional.empty()));
  }

  private static long seed(TestReporter reporter) {
    long seed = Long.getLong("muster.seed", new Random().nextLong());
    reporter.publishEntry("muster.seed", Long.toString(seed));
    return seed;
  }

  /** The first of the batches, and perhaps the beginning of the next one. */
  private static List<Event> batches(List<Event> page, Random random) {
    if (page.isEmpty()) {
      return page;
    }
    int end = random.nextInt(page.size()) + 1;
    while (end < page.size() && isSameBatch(page.get(end - 1), page.get(end))) {
      end++;
    }
    return page.subList(0, end);
  }

  private static boolean isSameBatch(Event one, Event other) {
    return one.recorded().version().equals(other.recorded().version());
  }

  private void fill(Random random, int steps) {
    RandomBatches batches = new RandomBatches(tenant, new RandomPeople(tenant, random));
    Map<StorageKey, Set<Version>> versions = new HashMap<>();
    for (int step = 0; step < steps; step++) {
      Batch batch =
          batches
              .next((key, now) -> known(versions, key, now), this::grave)
              .left()
              .from(Origin.of("actor" + step % 3));
      try {
        source
            .apply(withBasis(batch, random))
            .changed()
            .forEach(
                (key, stamp) ->
                    versions
                        .computeIfAbsent(key, each -> new TreeSet<>(BY_VALUE))
                        .add(stamp.version()));
      } catch (StorageException e) {
        // some of them must be refused
      }
    }
  }

  private Batch withBasis(Batch batch, Random random) {
    Batch.Builder based = Batch.builder(batch.tenant()).from(batch.origin());
    batch.preconditions().forEach(based::expect);
    for (Change change : batch.changes()) {
      Optional<Stored> before = source.get(change.key(), List.of());
      based.add(
          change instanceof Change.Put put && before.isPresent()
              ? put.madeOf(before.get(), random.nextBoolean())
              : change);
    }
    return based.build();
  }

  private List<Versions> known(
      Map<StorageKey, Set<Version>> versions, StorageKey key, boolean now) {
    return now
        ? source.get(key, List.of()).stream()
            .map(stored -> new Versions(stored.version(), stored.version()))
            .toList()
        : versions.getOrDefault(key, Set.of()).stream()
            .map(version -> new Versions(version, version))
            .toList();
  }

  private Optional<RandomBatches.Grave> grave(StorageKey key) {
    return source
        .buried(key)
        .map(
            buried ->
                new RandomBatches.Grave(
                    new Versions(buried.tombstone().version(), buried.tombstone().version()),
                    buried.document().orElseThrow()));
  }
}
