package org.muster.storage;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Clock;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.TreeMap;
import java.util.UUID;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestReporter;
import org.muster.kernel.TenantId;
import org.muster.kernel.Version;
import org.muster.storage.RandomBatches.Twins;
import org.muster.storage.RandomBatches.Versions;
import org.muster.storage.memory.MemoryStorage;

/**
 * The same random batches and queries for a provider and for memory: every outcome and answer must
 * be equal, versions one to one. {@code -Dmuster.seed=} repeats a run, {@code -Dmuster.steps=} says
 * how long it is.
 */
public abstract class DifferentialTest {
  static final Instant START = Instant.parse("2024-02-29T12:00:00Z");

  private final Map<StorageKey, Map<Version, Version>> pairs = new TreeMap<>();
  private final Map<StorageKey, Map<Version, Version>> reversePairs = new HashMap<>();
  private final Map<String, Integer> outcomes = new TreeMap<>();
  private final StepClock clock = new StepClock();

  /** The provider under test; it reads the time from {@code clock} if {@link #keepsClock}. */
  protected abstract StorageProvider subject(Clock clock);

  /** Whether the provider uses the clock it was given; times are compared only then. */
  protected boolean keepsClock() {
    return true;
  }

  /** How many steps a run has. */
  protected int steps() {
    return Integer.getInteger("muster.steps", 1_500);
  }

  @Test
  void answersLikeMemory(TestReporter reporter) {
    long seed = Long.getLong("muster.seed", new Random().nextLong());
    reporter.publishEntry("muster.seed", Long.toString(seed));
    run(seed, subjectOfRun());
    assertThat(outcomes)
        .as("kinds of steps seen, seed %d", seed)
        .containsKeys(
            "Applied",
            "Restored",
            "Purged",
            "Conflict",
            "NotUnique",
            "Found",
            "Found nothing",
            "Linked",
            "Tombstones");
  }

  final StorageProvider subjectOfRun() {
    return subject(clock);
  }

  final void run(long seed, StorageProvider right) {
    Random random = new Random(seed);
    TenantId tenant = new TenantId("d" + UUID.randomUUID().toString().replace("-", ""));
    StorageProvider left = new MemoryStorage(clock);
    RandomPeople people = new RandomPeople(tenant, random);
    RandomBatches batches = new RandomBatches(tenant, people);
    RandomQueries queries = new RandomQueries(tenant, people, keepsClock());
    int step = 0;
    try {
      for (; step < steps(); step++) {
        clock.now = clock.now.plusMillis(people.number(0, 2));
        if (people.chance(50)) {
          apply(
              left,
              right,
              batches.next((key, now) -> known(left, key, now), key -> buried(left, right, key)));
        } else {
          ask(left, right, people, queries, tenant);
        }
      }
    } catch (AssertionError | RuntimeException e) {
      throw new AssertionError("-Dmuster.seed=" + seed + " differs at step " + step, e);
    }
  }

  private void apply(StorageProvider left, StorageProvider right, Twins batch) {
    Object expected = outcome(() -> left.apply(batch.left()));
    Object actual = outcome(() -> right.apply(batch.right()));
    if (!(expected instanceof Applied ours) || !(actual instanceof Applied theirs)) {
      assertThat(failure(actual)).as("%s", batch.left()).isEqualTo(failure(expected));
      count(failure(expected));
      return;
    }
    assertThat(theirs.changed().keySet()).as("%s", batch.left()).isEqualTo(ours.changed().keySet());
    ours.changed()
        .forEach(
            (key, stamp) -> {
              Applied.Stamp other = theirs.of(key).orElseThrow();
              assertSameVersion(key, stamp.version(), other.version());
              assertSameTime(stamp.created(), other.created());
              assertSameTime(stamp.modified(), other.modified());
            });
    assertThat(effects(theirs)).as("%s", batch.left()).isEqualTo(effects(ours));
    count("Applied");
    if (batch.left().changes().stream().anyMatch(Change.Restore.class::isInstance)) {
      count("Restored");
    }
    if (batch.left().changes().stream().anyMatch(Change.Purge.class::isInstance)) {
      count("Purged");
    }
  }

  /** What was done to each document and each link, in order. */
  private static Map<Object, List<String>> effects(Applied applied) {
    Map<Object, List<String>> all = new HashMap<>();
    for (Effect effect : applied.effects()) {
      if (effect instanceof Effect.Linked linked) {
        linked
            .targets()
            .forEach(to -> note(all, List.of(linked.key(), linked.relation(), to), "linked"));
      } else if (effect instanceof Effect.Unlinked unlinked) {
        unlinked
            .targets()
            .forEach(to -> note(all, List.of(unlinked.key(), unlinked.relation(), to), "unlinked"));
      } else {
        note(all, effect.key(), effect.toString());
      }
    }
    return all;
  }

  private static void note(Map<Object, List<String>> all, Object of, String what) {
    all.computeIfAbsent(of, each -> new ArrayList<>()).add(what);
  }

  private void ask(
      StorageProvider left,
      StorageProvider right,
      RandomPeople people,
      RandomQueries queries,
      TenantId tenant) {
    switch (people.number(0, 9)) {
      case 0 -> {
        StorageKey key = people.key();
        List<LinkSelector> expand = queries.selectors();
        assertSame(
            left.get(key, expand).stream().toList(), right.get(key, expand).stream().toList());
      }
      case 1 -> {
        HashSet<StorageKey> keys = new HashSet<>(people.keys(0, 8));
        assertThat(right.existing(keys)).isEqualTo(left.existing(keys));
      }
      case 2, 3 -> {
        LinkQuery query = queries.links();
        List<Linked> links = left.links(query);
        assertThat(right.links(query)).as("%s", query).isEqualTo(links);
        count(links.isEmpty() ? "Linked nothing" : "Linked");
      }
      case 4 -> {
        tombstones(left, right, people, tenant);
        buried(left, right, people.key());
      }
      default -> {
        Query query = queries.next();
        try {
          query(left, right, query);
        } catch (AssertionError | RuntimeException e) {
          throw new AssertionError(query.toString(), e);
        }
      }
    }
  }

  private void query(StorageProvider left, StorageProvider right, Query query) {
    assertThat(right.count(query)).as("count").isEqualTo(left.count(query));
    List<Stored> ours = new ArrayList<>();
    List<Stored> theirs = new ArrayList<>();
    left.scan(query, ours::add);
    right.scan(query, theirs::add);
    assertSame(ours, theirs);
    Query page = query;
    Optional<Query.Position> next;
    do {
      Found expected = left.query(page);
      Found actual = right.query(page);
      assertSame(expected.items(), actual.items());
      assertThat(actual.next()).as("next").isEqualTo(expected.next());
      count(expected.items().isEmpty() ? "Found nothing" : "Found");
      next = expected.next();
      page =
          new Query(
              query.tenant(),
              query.collection(),
              query.filter(),
              query.order(),
              new Query.Page.After(next, query.page().limit()),
              query.expand(),
              query.scanLimit());
    } while (next.isPresent());
  }

  private void tombstones(
      StorageProvider left, StorageProvider right, RandomPeople people, TenantId tenant) {
    TombstoneQuery query = tombstoneQuery(people, tenant);
    List<Tombstone> ours = left.tombstones(query);
    List<Tombstone> theirs = right.tombstones(query);
    assertThat(theirs).as("%s", query).hasSameSizeAs(ours);
    for (int i = 0; i < ours.size(); i++) {
      assertSame(ours.get(i), theirs.get(i));
    }
    count(ours.isEmpty() ? "No tombstones" : "Tombstones");
  }

  /** The order by age is one by time, which is equal only where both have one clock. */
  private TombstoneQuery tombstoneQuery(RandomPeople people, TenantId tenant) {
    int limit = people.number(1, 5);
    if (keepsClock() && people.chance(40)) {
      return new TombstoneQuery.Oldest(tenant, limit);
    }
    Optional<String> after = people.chance(50) ? Optional.empty() : Optional.of(people.key().id());
    return new TombstoneQuery.OfCollection(tenant, people.collection(), after, limit);
  }

  private void assertSame(Tombstone ours, Tombstone theirs) {
    assertThat(theirs.key()).isEqualTo(ours.key());
    assertThat(theirs.actor()).isEqualTo(ours.actor());
    assertThat(theirs.label()).as("label of %s", ours.key()).isEqualTo(ours.label());
    assertSameVersion(ours.key(), ours.version(), theirs.version());
    assertSameTime(ours.deleted(), theirs.deleted());
  }

  /** What lies below a tombstone, which must be the same; empty if there is none. */
  private Optional<RandomBatches.Grave> buried(
      StorageProvider left, StorageProvider right, StorageKey key) {
    Optional<Buried> ours = left.buried(key);
    Optional<Buried> theirs = right.buried(key);
    assertThat(theirs.isPresent()).as("tombstone of %s", key).isEqualTo(ours.isPresent());
    if (ours.isEmpty()) {
      return Optional.empty();
    }
    Tombstone our = ours.get().tombstone();
    Tombstone their = theirs.orElseThrow().tombstone();
    assertSame(our, their);
    assertThat(theirs.get().document()).as("below %s", key).isEqualTo(ours.get().document());
    assertSameTime(ours.get().created(), theirs.get().created());
    return Optional.of(
        new RandomBatches.Grave(
            new Versions(our.version(), their.version()), ours.get().document().orElseThrow()));
  }

  private void assertSame(List<Stored> ours, List<Stored> theirs) {
    assertThat(theirs.stream().map(Stored::key).toList())
        .isEqualTo(ours.stream().map(Stored::key).toList());
    for (int i = 0; i < ours.size(); i++) {
      Stored our = ours.get(i);
      Stored their = theirs.get(i);
      assertThat(their.document()).as("%s", our.key()).isEqualTo(our.document());
      assertThat(their.label()).as("label of %s", our.key()).isEqualTo(our.label());
      assertThat(their.links()).as("links of %s", our.key()).isEqualTo(our.links());
      assertSameVersion(our.key(), our.version(), their.version());
      assertSameTime(our.created(), their.created());
      assertSameTime(our.modified(), their.modified());
    }
  }

  private void assertSameVersion(StorageKey key, Version ours, Version theirs) {
    Version paired =
        pairs
            .computeIfAbsent(key, each -> new TreeMap<>(Comparator.comparingLong(Version::value)))
            .computeIfAbsent(ours, version -> theirs);
    Version back =
        reversePairs
            .computeIfAbsent(key, each -> new HashMap<>())
            .computeIfAbsent(theirs, version -> ours);
    assertThat(theirs).as("version of %s", key).isEqualTo(paired);
    assertThat(ours).as("version of %s", key).isEqualTo(back);
  }

  private void assertSameTime(Instant ours, Instant theirs) {
    if (keepsClock()) {
      assertThat(theirs).isEqualTo(ours);
    }
  }

  private List<Versions> known(StorageProvider left, StorageKey key, boolean now) {
    Map<Version, Version> all = pairs.getOrDefault(key, Map.of());
    Optional<Version> current = left.get(key, List.of()).map(Stored::version);
    return all.entrySet().stream()
        .filter(entry -> !now || current.equals(Optional.of(entry.getKey())))
        .map(entry -> new Versions(entry.getKey(), entry.getValue()))
        .toList();
  }

  private static Object outcome(Supplier<Object> call) {
    try {
      return call.get();
    } catch (StorageException e) {
      return e;
    }
  }

  private static String failure(Object outcome) {
    if (outcome instanceof StorageException.NotUnique refused) {
      return "NotUnique" + (refused.attribute().isEmpty() ? " of nothing" : "");
    }
    return outcome.getClass().getSimpleName();
  }

  private void count(String kind) {
    outcomes.merge(kind, 1, Integer::sum);
  }

  /** A clock that a run sets before each step. */
  private static final class StepClock extends Clock {
    private volatile Instant now = START;

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
