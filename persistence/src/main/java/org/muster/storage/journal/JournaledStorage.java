package org.muster.storage.journal;

import java.util.List;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;
import org.muster.event.Append;
import org.muster.event.EventStore;
import org.muster.event.document.DocumentEvents;
import org.muster.storage.Applied;
import org.muster.storage.Batch;
import org.muster.storage.Capability;
import org.muster.storage.ForwardingStorage;
import org.muster.storage.StorageProvider;

/**
 * Appends what a batch has done to an event store: in the transaction of the batch where both are
 * in the database, else right after it. There is no event of a collection whose name begins with
 * {@code $}; these are the server's own. Erasing a tenant leaves its events, which are erased by
 * their store.
 */
public final class JournaledStorage extends ForwardingStorage {
  private final EventStore events;

  /** Keeps the order of the events that of the batches where no transaction does. */
  private final Optional<ReentrantLock> order;

  /** A store whose changes are told. */
  public JournaledStorage(StorageProvider delegate, EventStore events) {
    super(delegate);
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
      Applied applied = super.apply(batch);
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
}
