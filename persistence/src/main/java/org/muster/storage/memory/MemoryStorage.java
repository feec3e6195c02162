package org.muster.storage.memory;

import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.List;
import java.util.NavigableMap;
import java.util.NavigableSet;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeSet;
import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.ReadWriteLock;
import java.util.concurrent.locks.ReentrantReadWriteLock;
import java.util.function.Consumer;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.muster.event.document.DocumentState;
import org.muster.kernel.TenantId;
import org.muster.kernel.Version;
import org.muster.storage.Applied;
import org.muster.storage.Batch;
import org.muster.storage.Buried;
import org.muster.storage.Capability;
import org.muster.storage.ExpressionJudge;
import org.muster.storage.Found;
import org.muster.storage.Health;
import org.muster.storage.LinkQuery;
import org.muster.storage.LinkSelector;
import org.muster.storage.LinkSelector.Direction;
import org.muster.storage.Linked;
import org.muster.storage.Query;
import org.muster.storage.StorageException;
import org.muster.storage.StorageKey;
import org.muster.storage.StorageProvider;
import org.muster.storage.Stored;
import org.muster.storage.Tombstone;
import org.muster.storage.TombstoneQuery;

/**
 * Keeps documents in ordered maps of the heap, gone when the process ends. One writer at a time;
 * every call but {@link #scan} sees one state of the whole store.
 */
public final class MemoryStorage implements StorageProvider {
  /** How many documents a scan looks at before it lets writers in. */
  private static final int SCAN_CHUNK = 500;

  private static final Comparator<Buried> LONGEST_FIRST =
      Comparator.comparing((Buried buried) -> buried.tombstone().deleted())
          .thenComparing(buried -> buried.tombstone().key());

  private final Clock clock;
  private final Contents contents = new Contents();
  private final ReadWriteLock lock = new ReentrantReadWriteLock();

  public MemoryStorage(Clock clock) {
    this.clock = clock;
  }

  /**
   * A store that holds documents as they were at some time, with their versions and times.
   *
   * @param states those that are live are taken over, with the links between them
   */
  public static MemoryStorage holding(Collection<DocumentState> states) {
    MemoryStorage storage = new MemoryStorage(Clock.systemUTC());
    states.stream()
        .filter(state -> state.presence() == DocumentState.Presence.LIVE)
        .forEach(storage.contents::hold);
    states.forEach(storage.contents::holdLinks);
    return storage;
  }

  @Override
  public Optional<Stored> get(StorageKey key, List<LinkSelector> expand) {
    return reading(
        () -> Optional.ofNullable(contents.live(key)).map(live -> expanded(live, expand)));
  }

  @Override
  public Set<StorageKey> existing(Set<StorageKey> keys) {
    return reading(
        () ->
            keys.stream()
                .filter(key -> contents.live(key) != null)
                .collect(Collectors.toUnmodifiableSet()));
  }

  @Override
  public Applied apply(Batch batch) {
    Instant now = clock.instant().truncatedTo(ChronoUnit.MILLIS);
    return locked(
        lock.writeLock(),
        () -> {
          new BatchCheck(contents, batch).run();
          return new BatchRun(contents, batch, now).run();
        });
  }

  /** A version and a time for a batch that is applied as of them later. */
  public Applied.Moment reserve() {
    return locked(
        lock.writeLock(),
        () -> new Applied.Moment(new Version(contents.nextVersion()), clock.instant()));
  }

  @Override
  public Found query(Query query) {
    return reading(
        () -> {
          Found found = search(query).page();
          List<Stored> items =
              found.items().stream().map(each -> expanded(each, query.expand())).toList();
          return new Found(items, found.next());
        });
  }

  @Override
  public long count(Query query) {
    return reading(() -> search(query).count());
  }

  @Override
  public List<Linked> links(LinkQuery query) {
    return reading(
        () ->
            new TreeSet<>(query.anchors())
                .stream().flatMap(anchor -> direct(query, anchor)).limit(query.limit()).toList());
  }

  @Override
  public void scan(Query query, Consumer<Stored> consumer) {
    Optional<String> after = Optional.empty();
    do {
      List<Stored> matching = new ArrayList<>();
      Optional<String> from = after;
      after = reading(() -> scanChunk(query, from, matching));
      matching.forEach(consumer);
    } while (after.isPresent());
  }

  @Override
  public List<Tombstone> tombstones(TombstoneQuery query) {
    return reading(() -> matching(query).map(Buried::tombstone).limit(query.limit()).toList());
  }

  private Stream<Buried> matching(TombstoneQuery query) {
    if (query instanceof TombstoneQuery.OfCollection of) {
      NavigableMap<String, Buried> all = contents.shelf(of.tenant(), of.collection()).tombstones;
      return of.after().map(id -> all.tailMap(id, false)).orElse(all).values().stream();
    }
    return contents.buried(query.tenant()).sorted(LONGEST_FIRST);
  }

  @Override
  public Optional<Buried> buried(StorageKey key) {
    return reading(() -> Optional.ofNullable(contents.buried(key)));
  }

  @Override
  public long erase(TenantId tenant, int most) {
    return locked(lock.writeLock(), () -> contents.erase(tenant, collection -> true));
  }

  /**
   * Erases what there is of a tenant, as {@link #erase} does, but for the collections that are the
   * server's own: those whose name begins with {@code $}.
   */
  public long eraseTold(TenantId tenant, int most) {
    return locked(
        lock.writeLock(), () -> contents.erase(tenant, collection -> !collection.startsWith("$")));
  }

  /** How many live documents a tenant has, by collection; those of which it has some. */
  public SortedMap<String, Long> counts(TenantId tenant) {
    return reading(() -> contents.counts(tenant));
  }

  @Override
  public Set<Capability> capabilities() {
    return Set.copyOf(
        EnumSet.of(
            Capability.MULTI_KEY_BATCH,
            Capability.FILTER,
            Capability.SORT,
            Capability.OFFSET,
            Capability.LINKS));
  }

  @Override
  public Health health() {
    return new Health(true, "In the heap of this process");
  }

  private Search search(Query query) {
    return new Search(contents.shelf(query.tenant(), query.collection()), query, contents::hasLink);
  }

  /** Judges the next documents; returns the id of the last one, empty at the end. */
  private Optional<String> scanChunk(Query query, Optional<String> after, List<Stored> matching) {
    ExpressionJudge judge = new ExpressionJudge(query.filter(), contents::hasLink);
    NavigableMap<String, Stored> all = contents.shelf(query.tenant(), query.collection()).documents;
    int seen = 0;
    for (Stored stored : after.map(id -> all.tailMap(id, false)).orElse(all).values()) {
      if (judge.test(stored)) {
        matching.add(expanded(stored, query.expand()));
      }
      if (++seen == SCAN_CHUNK) {
        return Optional.of(stored.key().id());
      }
    }
    return Optional.empty();
  }

  private Stored expanded(Stored stored, List<LinkSelector> selectors) {
    if (selectors.isEmpty()) {
      return stored;
    }
    List<Linked> all = new ArrayList<>();
    for (LinkSelector selector : selectors) {
      StorageKey key = stored.key();
      String relation = selector.relation();
      Direction direction = selector.direction();
      NavigableSet<StorageKey> direct = contents.links.ends(key, relation, direction);
      for (StorageKey end :
          selector.transitive() ? contents.links.reached(key, relation, direction) : direct) {
        all.add(linked(key, relation, direction, end, direct.contains(end)));
        if (all.size() > LinkSelector.MAX_LINKS) {
          throw new StorageException.TooLarge(
              "A document has more than " + LinkSelector.MAX_LINKS + " links");
        }
      }
    }
    return stored.with(all);
  }

  private Stream<Linked> direct(LinkQuery query, StorageKey anchor) {
    NavigableSet<StorageKey> ends =
        contents.links.ends(anchor, query.relation(), query.direction());
    if (query.after().isPresent()) {
      LinkQuery.Position after = query.after().get();
      int compared = anchor.compareTo(after.anchor());
      if (compared < 0) {
        return Stream.empty();
      }
      if (compared == 0) {
        ends = ends.tailSet(after.other(), false);
      }
    }
    return ends.stream().map(end -> linked(anchor, query.relation(), query.direction(), end, true));
  }

  private Linked linked(
      StorageKey anchor, String relation, Direction direction, StorageKey other, boolean direct) {
    Stored end = contents.live(other);
    if (end == null) {
      throw new StorageException.Corrupt("A link leads to a document that is not live");
    }
    return new Linked(anchor, relation, direction, other, end.label(), direct);
  }

  private <T> T reading(Supplier<T> action) {
    return locked(lock.readLock(), action);
  }

  private static <T> T locked(Lock held, Supplier<T> action) {
    held.lock();
    try {
      return action.get();
    } finally {
      held.unlock();
    }
  }
}
