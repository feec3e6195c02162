package org.muster.storage.sourced;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import org.muster.event.Append;
import org.muster.event.Event;
import org.muster.event.EventStore;
import org.muster.event.document.DocumentEvents;
import org.muster.event.projection.Beside;
import org.muster.kernel.TenantId;
import org.muster.storage.Applied;
import org.muster.storage.Batch;
import org.muster.storage.Buried;
import org.muster.storage.Capability;
import org.muster.storage.Found;
import org.muster.storage.Health;
import org.muster.storage.LinkQuery;
import org.muster.storage.LinkSelector;
import org.muster.storage.Linked;
import org.muster.storage.Query;
import org.muster.storage.StorageKey;
import org.muster.storage.StorageProvider;
import org.muster.storage.Stored;
import org.muster.storage.Tombstone;
import org.muster.storage.TombstoneQuery;

/**
 * Keeps documents as what their events come to. A write is decided on a model that is in the
 * transaction of the events: preconditions, uniqueness and links are judged, the model is changed,
 * and its events are appended, or nothing of that. The model can be dropped and made anew of the
 * events at any time, beside the one in use. What is read comes from it, or from another model that
 * follows the events and is waited for where somebody on this node has written.
 *
 * <p>Documents of collections whose name begins with {@code $} are the server's own: no event tells
 * of them, and they stay where they are.
 */
public final class EventSourcedStorage implements StorageProvider {
  private final StorageProvider store;
  private final Deciding deciding;
  private final EventStore events;
  private final DocumentModel model;
  private final Optional<Serving> serving;
  private final Consumer<List<Event>> appended;
  private final Optional<ReentrantLock> order;

  /**
   * A store over events.
   *
   * @param place where the model lies that is decided on
   * @param serving the model that is read from, if it is another one
   * @param appended is told of what was appended, in the transaction
   */
  public EventSourcedStorage(
      ModelStore place,
      EventStore events,
      Optional<Serving> serving,
      Consumer<List<Event>> appended) {
    this.store = place.store();
    this.deciding = new Deciding(store, place.generations());
    this.events = events;
    this.order =
        store.capabilities().contains(Capability.TRANSACTIONS)
            ? Optional.empty()
            : Optional.of(new ReentrantLock());
    this.model = new DocumentModel(place, order);
    this.serving = serving;
    this.appended = appended;
  }

  /** The model that is decided on, to be run as a projection. */
  public Beside model() {
    return model;
  }

  /** The generation of the model that is decided on which is in use now. */
  public StorageProvider decided() {
    return deciding.forReading();
  }

  @Override
  public Applied apply(Batch batch) {
    order.ifPresent(ReentrantLock::lock);
    try {
      Applied applied = deciding.forWriting().apply(batch);
      List<Append> appends =
          DocumentEvents.of(batch, applied, collection -> !Names.isOwn(collection));
      if (!appends.isEmpty()) {
        List<Event> stored = events.append(appends);
        appended.accept(stored);
        serving.ifPresent(
            each -> each.appended(batch.tenant(), stored.get(stored.size() - 1).position()));
      }
      return applied;
    } finally {
      order.ifPresent(ReentrantLock::unlock);
    }
  }

  /** Where a question about a collection is to be asked. */
  private StorageProvider reading(TenantId tenant, boolean own) {
    return own
        ? deciding.forReading()
        : serving.flatMap(each -> each.upToDate(tenant)).orElseGet(deciding::forReading);
  }

  @Override
  public Optional<Stored> get(StorageKey key, List<LinkSelector> expand) {
    return reading(key.tenant(), Names.isOwn(key.collection())).get(key, expand);
  }

  @Override
  public Set<StorageKey> existing(Set<StorageKey> keys) {
    if (keys.isEmpty()) {
      return Set.of();
    }
    boolean own = keys.stream().anyMatch(key -> Names.isOwn(key.collection()));
    return reading(keys.iterator().next().tenant(), own).existing(keys);
  }

  @Override
  public Found query(Query query) {
    return reading(query.tenant(), Names.isOwn(query.collection())).query(query);
  }

  @Override
  public long count(Query query) {
    return reading(query.tenant(), Names.isOwn(query.collection())).count(query);
  }

  @Override
  public List<Linked> links(LinkQuery query) {
    return reading(query.anchors().get(0).tenant(), false).links(query);
  }

  @Override
  public void scan(Query query, Consumer<Stored> consumer) {
    reading(query.tenant(), Names.isOwn(query.collection())).scan(query, consumer);
  }

  /** Those of all collections include the server's own. */
  @Override
  public List<Tombstone> tombstones(TombstoneQuery query) {
    boolean own =
        !(query instanceof TombstoneQuery.OfCollection of) || Names.isOwn(of.collection());
    return reading(query.tenant(), own).tombstones(query);
  }

  @Override
  public Optional<Buried> buried(StorageKey key) {
    return reading(key.tenant(), Names.isOwn(key.collection())).buried(key);
  }

  /** Both generations, and what is read from. */
  @Override
  public long erase(TenantId tenant, int most) {
    order.ifPresent(ReentrantLock::lock);
    try {
      long removed = store.erase(tenant, most) + store.erase(tenant.copy(), most);
      return removed + serving.map(each -> each.erase(tenant, most)).orElse(0L);
    } finally {
      order.ifPresent(ReentrantLock::unlock);
    }
  }

  @Override
  public Set<Capability> capabilities() {
    return store.capabilities();
  }

  @Override
  public Health health() {
    return store.health();
  }
}
