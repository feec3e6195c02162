package org.muster.event.metrics;

import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.muster.event.Append;
import org.muster.event.Event;
import org.muster.event.EventFilter;
import org.muster.event.EventPage;
import org.muster.event.EventStore;
import org.muster.event.Position;
import org.muster.event.StreamRead;
import org.muster.kernel.TenantId;
import org.muster.monitor.Calls;
import org.muster.storage.StorageKey;

/**
 * Has the calls of another event store watched. What that reads by itself for its subscribers is
 * not among them.
 */
public final class MeteredEventStore implements EventStore {
  private final EventStore delegate;
  private final Calls calls;

  public MeteredEventStore(EventStore delegate, Calls calls) {
    this.delegate = delegate;
    this.calls = calls;
  }

  @Override
  public List<Event> append(List<Append> appends) {
    TenantId tenant = appends.isEmpty() ? null : appends.get(0).stream().tenant();
    return calls.call("append", tenant, () -> delegate.append(appends));
  }

  @Override
  public List<Event> read(StreamRead read) {
    return calls.call("read", read.stream().tenant(), () -> delegate.read(read));
  }

  @Override
  public EventPage after(Position position, EventFilter filter, int limit) {
    return calls.call("after", tenant(filter), () -> delegate.after(position, filter, limit));
  }

  @Override
  public Position end() {
    return calls.call("end", null, delegate::end);
  }

  @Override
  public Position drawn() {
    return calls.call("drawn", null, delegate::drawn);
  }

  @Override
  public Subscription subscribe(
      Position after, EventFilter filter, Consumer<EventPage> subscriber) {
    return calls.call(
        "subscribe", tenant(filter), () -> delegate.subscribe(after, filter, subscriber));
  }

  @Override
  public List<StorageKey> streams(
      TenantId tenant, String collection, Optional<String> afterId, int limit) {
    return calls.call(
        "streams", tenant, () -> delegate.streams(tenant, collection, afterId, limit));
  }

  @Override
  public long erase(TenantId tenant, int most) {
    return calls.call("erase", tenant, () -> delegate.erase(tenant, most));
  }

  private static @Nullable TenantId tenant(EventFilter filter) {
    return filter.tenant().orElse(null);
  }
}
