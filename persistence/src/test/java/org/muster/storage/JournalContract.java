package org.muster.storage;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestReporter;
import org.junit.jupiter.api.io.TempDir;
import org.muster.event.Event;
import org.muster.event.EventFilter;
import org.muster.event.EventPage;
import org.muster.event.EventStore;
import org.muster.event.EventType;
import org.muster.event.Position;
import org.muster.event.document.DocumentState;
import org.muster.event.document.DocumentState.Presence;
import org.muster.kernel.TenantId;
import org.muster.kernel.Version;
import org.muster.projection.Activity;
import org.muster.projection.ActivityProjection;
import org.muster.projection.ActivityQuery;
import org.muster.projection.ActivityStore;
import org.muster.projection.RootsProjection;
import org.muster.projection.memory.MemoryActivityStore;
import org.muster.state.Roots;
import org.muster.state.StateScan;
import org.muster.state.memory.MemoryNodes;
import org.muster.storage.RandomBatches.Versions;

/**
 * Random batches through a journal: what the events of each document come to is what is stored, and
 * a batch that failed has left none.
 */
public abstract class JournalContract {
  @TempDir Path folder;

  private final Map<EventType, Integer> seen = new TreeMap<>();

  /** A store with a journal over it. */
  protected abstract StorageProvider storage();

  /** Its events. */
  protected abstract EventStore events();

  @Test
  void eventsComeToWhatIsStored(TestReporter reporter) {
    long seed = Long.getLong("muster.seed", new Random().nextLong());
    reporter.publishEntry("muster.seed", Long.toString(seed));
    Random random = new Random(seed);
    TenantId tenant = new TenantId("j" + UUID.randomUUID().toString().replace("-", ""));
    StorageProvider storage = storage();
    RandomPeople people = new RandomPeople(tenant, random);
    RandomBatches batches = new RandomBatches(tenant, people);
    Map<StorageKey, Set<Version>> versions = new HashMap<>();
    int failed = 0;
    for (int step = 0; step < 800; step++) {
      Batch batch =
          withBasis(
              storage,
              batches
                  .next(
                      (key, now) -> known(storage, versions, key, now), key -> grave(storage, key))
                  .left(),
              random);
      try {
        storage
            .apply(batch)
            .changed()
            .forEach(
                (key, stamp) ->
                    versions
                        .computeIfAbsent(key, each -> new TreeSet<>(BY_VALUE))
                        .add(stamp.version()));
      } catch (StorageException e) {
        failed++;
      }
    }
    assertThat(failed).as("seed %d", seed).isPositive();
    Map<StorageKey, DocumentState> states = states(tenant);
    assertThat(states).isNotEmpty();
    states.values().forEach(state -> assertSame(storage, state, seed));
    for (String collection : List.of("User", "Group")) {
      storage.scan(
          query(tenant, collection), stored -> assertThat(states).containsKey(stored.key()));
    }
    assertSameRoots(storage, tenant, random, seed);
    assertThat(seen)
        .as("types of events seen, seed %d", seed)
        .containsKeys(
            EventType.CREATED,
            EventType.REPLACED,
            EventType.PATCHED,
            EventType.DELETED,
            EventType.RESTORED,
            EventType.PURGED,
            EventType.MEMBERSHIP_ADDED,
            EventType.MEMBERSHIP_REMOVED,
            EventType.REINDEXED);
  }

  private static final Comparator<Version> BY_VALUE = Comparator.comparingLong(Version::value);

  private Map<StorageKey, DocumentState> states(TenantId tenant) {
    Map<StorageKey, DocumentState> states = new TreeMap<>();
    Position position = Position.START;
    EventPage page;
    do {
      page = events().after(position, EventFilter.of(tenant), 1_000);
      for (Event event : page.events()) {
        seen.merge(event.type(), 1, Integer::sum);
        states.computeIfAbsent(event.stream(), DocumentState::new).apply(event);
      }
      position = page.next();
    } while (!page.complete());
    return states;
  }

  private static void assertSame(StorageProvider storage, DocumentState state, long seed) {
    StorageKey key = state.key();
    Optional<Stored> stored = storage.get(key, List.of());
    Optional<Buried> buried = storage.buried(key);
    assertThat(state.presence())
        .as("%s, seed %d", key, seed)
        .isEqualTo(
            stored.isPresent()
                ? Presence.LIVE
                : buried.isPresent() ? Presence.DELETED : Presence.ABSENT);
    stored.ifPresent(
        live -> {
          assertThat(state.document()).as("%s, seed %d", key, seed).contains(live.document());
          assertThat(state.label()).isEqualTo(live.label());
          assertThat(state.version()).contains(live.version());
          assertThat(state.created()).isEqualTo(live.created());
          assertThat(state.modified()).isEqualTo(live.modified());
        });
    buried.ifPresent(
        grave -> {
          assertThat(state.document()).isEqualTo(grave.document());
          assertThat(state.version()).contains(grave.tombstone().version());
        });
    for (String relation : RandomBatches.RELATIONS) {
      List<StorageKey> links =
          storage
              .links(
                  new LinkQuery(
                      List.of(key), relation, LinkSelector.Direction.OUT, Optional.empty(), 1_000))
              .stream()
              .map(Linked::other)
              .toList();
      assertThat(new ArrayList<>(state.links().getOrDefault(relation, new TreeSet<>())))
          .as("%s of %s, seed %d", relation, key, seed)
          .isEqualTo(links);
    }
  }

  /** The roots that the events come to, page after page and some pages twice, are the store's. */
  private void assertSameRoots(StorageProvider storage, TenantId tenant, Random random, long seed) {
    Roots roots = new Roots(new MemoryNodes());
    RootsProjection projection = new RootsProjection(roots, events());
    ActivityStore activity = new MemoryActivityStore();
    ActivityProjection counting = new ActivityProjection(activity, events());
    EventFilter wanted =
        new EventFilter(
            Optional.of(tenant), projection.filter().collections(), projection.filter().types());
    Position position = Position.START;
    EventPage page;
    do {
      page = events().after(position, wanted, 1 + random.nextInt(100));
      projection.apply(page.events());
      counting.apply(page.events());
      if (random.nextInt(3) == 0) {
        projection.apply(page.events());
        counting.apply(page.events());
      }
      position = page.next();
    } while (!page.complete());
    StateScan scan = new StateScan(storage, new HashSet<>(RandomBatches.RELATIONS), folder);
    for (String collection : List.of("User", "Group")) {
      assertThat(roots.tree(tenant, collection).root())
          .as("the root of %s, seed %d", collection, seed)
          .isEqualTo(scan.root(tenant, collection));
      assertActivity(storage, activity, tenant, collection, seed);
    }
    assertThat(projection.clear(1_000)).isPositive();
    assertThat(roots.all(tenant)).isEmpty();
  }

  /** All that are live are counted, with their times, and with what they say of being active. */
  private static void assertActivity(
      StorageProvider storage,
      ActivityStore activity,
      TenantId tenant,
      String collection,
      long seed) {
    Map<String, Activity> expected = new TreeMap<>();
    storage.scan(
        query(tenant, collection),
        stored ->
            expected.put(
                stored.key().id(),
                new Activity(
                    stored.key().id(),
                    Optional.ofNullable(stored.document().tree().get("active"))
                        .filter(JsonNode::isBoolean)
                        .map(JsonNode::booleanValue),
                    stored.modified())));
    Map<String, Activity> found = new TreeMap<>();
    activity
        .page(
            new ActivityQuery(
                tenant, collection, Optional.empty(), Instant.MAX, Optional.empty(), 10_000))
        .forEach(item -> found.put(item.id(), item));
    assertThat(found).as("activity of %s, seed %d", collection, seed).isEqualTo(expected);
  }

  /** Says of what was put what it was made of; some of it only touches what is stored. */
  private static Batch withBasis(StorageProvider storage, Batch batch, Random random) {
    List<Change> changes = new ArrayList<>();
    for (Change change : batch.changes()) {
      Optional<Stored> before = storage.get(change.key(), List.of());
      changes.add(
          change instanceof Change.Put put && before.isPresent()
              ? (random.nextBoolean() ? touching(put, before.get(), random) : put)
                  .madeOf(before.get(), random.nextBoolean())
              : change);
    }
    return new Batch(batch.tenant(), changes, batch.preconditions());
  }

  private static Change.Put touching(Change.Put put, Stored before, Random random) {
    ObjectNode tree = before.document().tree().deepCopy();
    tree.put("filler", "-".repeat(200));
    tree.put("touched", random.nextInt(100));
    return People.put(put.key(), JsonDocument.of(tree));
  }

  private static List<Versions> known(
      StorageProvider storage,
      Map<StorageKey, Set<Version>> versions,
      StorageKey key,
      boolean now) {
    if (now) {
      return storage.get(key, List.of()).stream()
          .map(stored -> new Versions(stored.version(), stored.version()))
          .toList();
    }
    return versions.getOrDefault(key, Set.of()).stream()
        .map(version -> new Versions(version, version))
        .toList();
  }

  private static Optional<RandomBatches.Grave> grave(StorageProvider storage, StorageKey key) {
    return storage
        .buried(key)
        .map(
            buried ->
                new RandomBatches.Grave(
                    new Versions(buried.tombstone().version(), buried.tombstone().version()),
                    buried.document().orElseThrow()));
  }

  private static Query query(TenantId tenant, String collection) {
    return new Query(
        tenant,
        collection,
        new Expression.All(),
        Query.Order.BY_ID,
        new Query.Page.After(Optional.empty(), 0),
        List.of(),
        Long.MAX_VALUE);
  }
}
