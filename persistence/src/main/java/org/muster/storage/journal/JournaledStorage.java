package org.muster.storage.journal;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import org.muster.event.Append;
import org.muster.event.EventStore;
import org.muster.event.document.DocumentEvents;
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
 * Appends what a batch has done to an event store: in the transaction of the batch where both are
 * in the database, else right after it. There is no event of a collection whose name begins with
 * {@code $}; these are the server's own. Erasing a tenant leaves its events, which are erased by
 * their store.
 */
public final class JournaledStorage implements StorageProvider {
  private final StorageProvider delegate;
  private final EventStore events;

  /** Keeps the order of the events that of the batches where no transaction does. */
  private final Optional<ReentrantLock> order;

  /** A store whose changes are told. */
  public JournaledStorage(StorageProvider delegate, EventStore events) {
    this.delegate = delegate;
    this.events = events;
    this.order =
        delegate.capabilities().contains(Capability.TRANSACTIONS)
            ? Optional.empty()
            : Optional.of(new ReentrantLock());
  }

  @Override
  public Applied apply(Batch batch) {
    order.ifPresent(ReentrantLock::lock);
    try {
      Applied applied = delegate.apply(batch);
      List<Append> appends = DocumentEvents.of(batch, applied, JournaledStorage::isTold);
      if (!appends.isEmpty()) {
        events.append(appends);
      }
      return applied;
    } finally {
      order.ifPresent(ReentrantLock::unlock);
    }
  }

  /** Whether there are events of a collection. */
  static boolean isTold(String collection) {
    return !collection.startsWith("$");
  }

  @Override
  public long erase(TenantId tenant, int most) {
    return delegate.erase(tenant, most);
  }

  @Override
  public Optional<Stored> get(StorageKey key, List<LinkSelector> expand) {
    return delegate.get(key, expand);
  }

  @Override
  public Set<StorageKey> existing(Set<StorageKey> keys) {
    return delegate.existing(keys);
  }

  @Override
  public Found query(Query query) {
    return delegate.query(query);
  }

  @Override
  public long count(Query query) {
    return delegate.count(query);
  }

  @Override
  public List<Linked> links(LinkQuery query) {
    return delegate.links(query);
  }

  @Override
  public void scan(Query query, Consumer<Stored> consumer) {
    delegate.scan(query, consumer);
  }

  @Override
  public List<Tombstone> tombstones(TombstoneQuery query) {
    return delegate.tombstones(query);
  }

  @Override
  public Optional<Buried> buried(StorageKey key) {
    return delegate.buried(key);
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
