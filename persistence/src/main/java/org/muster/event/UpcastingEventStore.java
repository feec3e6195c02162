package org.muster.event;

import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import org.muster.kernel.TenantId;
import org.muster.storage.JsonDocument;
import org.muster.storage.StorageException;
import org.muster.storage.StorageKey;

/**
 * Hands out all events in the newest form of their contents, whichever they were stored in. One of
 * a form that this version does not know, since a newer one has written it, is {@link
 * StorageException.Corrupt}, as is one of an older form that nothing leads on from.
 */
public final class UpcastingEventStore implements EventStore {
  private final EventStore delegate;
  private final int newest;
  private final Map<Form, Upcaster> upcasters = new HashMap<>();

  private record Form(EventType type, int number) {}

  /**
   * The events of a store.
   *
   * @param newest the form that contents are handed out in
   * @throws IllegalArgumentException if two lead on from the same form
   */
  public UpcastingEventStore(EventStore delegate, Collection<Upcaster> upcasters, int newest) {
    this.delegate = delegate;
    this.newest = newest;
    for (Upcaster each : upcasters) {
      if (this.upcasters.putIfAbsent(new Form(each.type(), each.from()), each) != null) {
        throw new IllegalArgumentException(
            "Two ways lead on from form " + each.from() + " of " + each.type().word());
      }
    }
  }

  @Override
  public List<Event> append(List<Append> appends) {
    return delegate.append(appends);
  }

  @Override
  public List<Event> read(StreamRead read) {
    return raised(delegate.read(read));
  }

  @Override
  public EventPage after(Position position, EventFilter filter, int limit) {
    return raised(delegate.after(position, filter, limit));
  }

  @Override
  public Position drawn() {
    return delegate.drawn();
  }

  @Override
  public Position end() {
    return delegate.end();
  }

  @Override
  public Subscription subscribe(
      Position after, EventFilter filter, Consumer<EventPage> subscriber) {
    return delegate.subscribe(after, filter, page -> subscriber.accept(raised(page)));
  }

  @Override
  public List<StorageKey> streams(
      TenantId tenant, String collection, Optional<String> afterId, int limit) {
    return delegate.streams(tenant, collection, afterId, limit);
  }

  @Override
  public long erase(TenantId tenant, int most) {
    return delegate.erase(tenant, most);
  }

  private EventPage raised(EventPage page) {
    List<Event> events = raised(page.events());
    return events == page.events() ? page : new EventPage(events, page.next(), page.complete());
  }

  private List<Event> raised(List<Event> events) {
    return events.stream().allMatch(event -> event.recorded().schema() == newest)
        ? events
        : events.stream().map(this::raised).toList();
  }

  private Event raised(Event event) {
    Recorded recorded = event.recorded();
    if (recorded.schema() > newest) {
      throw new StorageException.Corrupt(
          "An event is of form %d, and this version of Muster knows %d at most; a newer one wrote it"
              .formatted(recorded.schema(), newest));
    }
    if (recorded.content().isEmpty()) {
      return event;
    }
    JsonDocument content = recorded.content().get();
    for (int form = recorded.schema(); form < newest; form++) {
      Upcaster upcaster = upcasters.get(new Form(event.type(), form));
      if (upcaster == null) {
        throw new StorageException.Corrupt(
            "Nothing leads on from form %d of %s".formatted(form, event.type().word()));
      }
      content = upcaster.raise(content);
    }
    return new Event(
        event.position(),
        event.stream(),
        event.number(),
        new Recorded(
            recorded.id(),
            recorded.type(),
            newest,
            recorded.version(),
            recorded.time(),
            recorded.origin(),
            Optional.of(content)));
  }
}
