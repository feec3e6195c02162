package org.muster.storage.sourced;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.muster.kernel.Precondition;
import org.muster.kernel.TenantId;
import org.muster.storage.Applied;
import org.muster.storage.Batch;
import org.muster.storage.Buried;
import org.muster.storage.Capability;
import org.muster.storage.Change;
import org.muster.storage.Effect;
import org.muster.storage.Found;
import org.muster.storage.Health;
import org.muster.storage.LinkQuery;
import org.muster.storage.LinkSelector;
import org.muster.storage.Linked;
import org.muster.storage.Query;
import org.muster.storage.StorageException;
import org.muster.storage.StorageKey;
import org.muster.storage.StorageProvider;
import org.muster.storage.Stored;
import org.muster.storage.Tombstone;
import org.muster.storage.TombstoneQuery;

/**
 * A back end as who uses the copies in it sees it: documents lie under the other form of their
 * tenant's id, but those of the server, of which no event tells and of which there is no copy. A
 * batch of both is applied in two steps, one of which fails before it changes anything, or within
 * the caller's transaction.
 */
final class CopyStorage implements StorageProvider {
  private static final Comparator<Tombstone> LONGEST_FIRST =
      Comparator.comparing(Tombstone::deleted).thenComparing(Tombstone::key);

  private final StorageProvider delegate;

  CopyStorage(StorageProvider delegate) {
    this.delegate = delegate;
  }

  @Override
  public Optional<Stored> get(StorageKey key, List<LinkSelector> expand) {
    return Names.isOwn(key.collection())
        ? delegate.get(key, expand)
        : delegate.get(Names.inner(key), expand).map(Names::outer);
  }

  @Override
  public Set<StorageKey> existing(Set<StorageKey> keys) {
    Set<StorageKey> own = new HashSet<>();
    Set<StorageKey> inner = new HashSet<>();
    for (StorageKey key : keys) {
      if (Names.isOwn(key.collection())) {
        own.add(key);
      } else {
        inner.add(Names.inner(key));
      }
    }
    Set<StorageKey> existing = new HashSet<>(own.isEmpty() ? own : delegate.existing(own));
    delegate.existing(inner).forEach(key -> existing.add(Names.outer(key)));
    return existing;
  }

  @Override
  public Applied apply(Batch batch) {
    Batch own = part(batch, true);
    Batch inner = part(batch, false);
    try {
      if (own.changes().isEmpty() && own.preconditions().isEmpty()) {
        return Names.outer(delegate.apply(inner));
      }
      if (inner.changes().isEmpty() && inner.preconditions().isEmpty()) {
        return delegate.apply(own);
      }
      if (!delegate.capabilities().contains(Capability.TRANSACTIONS)) {
        own.preconditions().forEach(this::check);
      }
      Applied first = Names.outer(delegate.apply(inner));
      Applied second = delegate.apply(first.moment().map(own::asOf).orElse(own));
      return both(first, second);
    } catch (StorageException.Conflict e) {
      StorageKey key = e.key();
      if (key == null) {
        throw e;
      }
      StorageException.Conflict told =
          new StorageException.Conflict(Names.outer(key), String.valueOf(e.getMessage()));
      told.setStackTrace(e.getStackTrace());
      throw told;
    }
  }

  private static Batch part(Batch batch, boolean own) {
    List<Change> changes = new ArrayList<>();
    for (Change change : batch.changes()) {
      if (Names.isOwn(change.key().collection()) == own) {
        changes.add(own ? change : Names.inner(change));
      }
    }
    Map<StorageKey, Precondition> preconditions = new LinkedHashMap<>();
    batch
        .preconditions()
        .forEach(
            (key, expected) -> {
              if (Names.isOwn(key.collection()) == own) {
                preconditions.put(own ? key : Names.inner(key), expected);
              }
            });
    TenantId tenant = own ? batch.tenant() : batch.tenant().copy();
    return new Batch(tenant, changes, preconditions, batch.origin(), batch.moment());
  }

  private void check(StorageKey key, Precondition expected) {
    Optional<Stored> stored = delegate.get(key, List.of());
    boolean holds =
        stored.map(live -> expected.holdsAt(live.version())).orElseGet(expected::holdsForNone);
    if (!holds) {
      throw new StorageException.Conflict(key, "A precondition does not hold");
    }
  }

  private static Applied both(Applied first, Applied second) {
    Map<StorageKey, Applied.Stamp> changed = new HashMap<>(first.changed());
    changed.putAll(second.changed());
    List<Effect> effects = new ArrayList<>(first.effects());
    effects.addAll(second.effects());
    return new Applied(first.moment().or(second::moment), changed, effects);
  }

  @Override
  public Found query(Query query) {
    if (Names.isOwn(query.collection())) {
      return delegate.query(query);
    }
    Found found = delegate.query(inner(query));
    return new Found(found.items().stream().map(Names::outer).toList(), found.next());
  }

  @Override
  public long count(Query query) {
    return delegate.count(Names.isOwn(query.collection()) ? query : inner(query));
  }

  private static Query inner(Query query) {
    return new Query(
        query.tenant().copy(),
        query.collection(),
        query.filter(),
        query.order(),
        query.page(),
        query.expand(),
        query.scanLimit());
  }

  @Override
  public List<Linked> links(LinkQuery query) {
    return delegate.links(Names.inner(query)).stream().map(Names::outer).toList();
  }

  @Override
  public void scan(Query query, Consumer<Stored> consumer) {
    if (Names.isOwn(query.collection())) {
      delegate.scan(query, consumer);
    } else {
      delegate.scan(inner(query), stored -> consumer.accept(Names.outer(stored)));
    }
  }

  @Override
  public List<Tombstone> tombstones(TombstoneQuery query) {
    if (query instanceof TombstoneQuery.OfCollection of) {
      return Names.isOwn(of.collection())
          ? delegate.tombstones(of)
          : delegate
              .tombstones(
                  new TombstoneQuery.OfCollection(
                      of.tenant().copy(), of.collection(), of.after(), of.limit()))
              .stream()
              .map(Names::outer)
              .toList();
    }
    Stream<Tombstone> own =
        delegate
            .tombstones(new TombstoneQuery.Oldest(query.tenant(), TombstoneQuery.MAX_LIMIT))
            .stream()
            .filter(tombstone -> Names.isOwn(tombstone.key().collection()));
    Stream<Tombstone> inner =
        delegate
            .tombstones(new TombstoneQuery.Oldest(query.tenant().copy(), query.limit()))
            .stream()
            .map(Names::outer);
    return Stream.concat(own, inner)
        .sorted(LONGEST_FIRST)
        .limit(query.limit())
        .collect(Collectors.toUnmodifiableList());
  }

  @Override
  public Optional<Buried> buried(StorageKey key) {
    return Names.isOwn(key.collection())
        ? delegate.buried(key)
        : delegate
            .buried(Names.inner(key))
            .map(
                buried ->
                    new Buried(
                        Names.outer(buried.tombstone()), buried.created(), buried.document()));
  }

  @Override
  public long erase(TenantId tenant, int most) {
    return delegate.erase(tenant.copy(), most);
  }

  @Override
  public Set<Capability> capabilities() {
    return delegate.capabilities();
  }

  @Override
  public Health health() {
    return delegate.health();
  }
}
