package org.muster.storage.sourced;

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

/** The events of one tenant of a store that all tests share. */
record OneTenant(EventStore delegate, TenantId tenant) implements EventStore {
  @Override
  public List<Event> append(List<Append> appends) {
    return delegate.append(appends);
  }

  @Override
  public List<Event> read(StreamRead read) {
    return delegate.read(read);
  }

  @Override
  public EventPage after(Position position, EventFilter filter, int limit) {
    return delegate.after(
        position,
        new EventFilter(Optional.of(tenant), filter.collections(), filter.types()),
        limit);
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
      TenantId of, String collection, Optional<String> afterId, int limit) {
    return delegate.streams(of, collection, afterId, limit);
  }

  @Override
  public long erase(TenantId of, int most) {
    return delegate.erase(of, most);
  }
}
