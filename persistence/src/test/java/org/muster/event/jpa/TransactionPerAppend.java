package org.muster.event.jpa;

import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.muster.event.Append;
import org.muster.event.Event;
import org.muster.event.EventFilter;
import org.muster.event.EventPage;
import org.muster.event.EventStore;
import org.muster.event.Position;
import org.muster.event.StreamRead;
import org.muster.kernel.TenantId;
import org.muster.storage.StorageKey;
import org.muster.storage.jpa.TestDatabase;

/** Writes in a transaction of its own each time. */
record TransactionPerAppend(EventStore delegate, TestDatabase database) implements EventStore {
  @Override
  public List<Event> append(List<Append> appends) {
    return database.inTransaction(() -> delegate.append(appends));
  }

  @Override
  public List<Event> read(StreamRead read) {
    return delegate.read(read);
  }

  @Override
  public EventPage after(Position position, EventFilter filter, int limit) {
    return delegate.after(position, filter, limit);
  }

  @Override
  public Position end() {
    return delegate.end();
  }

  @Override
  public Subscription subscribe(
      Position after, EventFilter filter, Consumer<EventPage> subscriber) {
    return delegate.subscribe(after, filter, subscriber);
  }

  @Override
  public List<StorageKey> streams(
      TenantId tenant, String collection, Optional<String> afterId, int limit) {
    return delegate.streams(tenant, collection, afterId, limit);
  }

  @Override
  public long erase(TenantId tenant, int most) {
    return database.inTransaction(() -> delegate.erase(tenant, most));
  }
}
