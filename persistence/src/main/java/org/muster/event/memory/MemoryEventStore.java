package org.muster.event.memory;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.Executor;
import java.util.concurrent.locks.ReadWriteLock;
import java.util.concurrent.locks.ReentrantReadWriteLock;
import java.util.function.Consumer;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.muster.event.Append;
import org.muster.event.Envelope;
import org.muster.event.Event;
import org.muster.event.EventFilter;
import org.muster.event.EventPage;
import org.muster.event.EventStore;
import org.muster.event.Expected;
import org.muster.event.Position;
import org.muster.event.Recorded;
import org.muster.event.Sealing;
import org.muster.event.StreamRead;
import org.muster.event.Subscriptions;
import org.muster.kernel.Folding;
import org.muster.kernel.Origin;
import org.muster.kernel.TenantId;
import org.muster.storage.StorageException;
import org.muster.storage.StorageKey;

/**
 * Keeps events in the heap, gone when the process ends. One writer at a time, so that they are
 * there in the order of their positions.
 */
public final class MemoryEventStore implements EventStore {
  /** Only its own process writes to it, and tells. */
  private static final Duration INTERVAL = Duration.ofSeconds(1);

  private final Sealing sealing;
  private final Subscriptions subscriptions;
  private final ReadWriteLock lock = new ReentrantReadWriteLock();
  private final NavigableMap<Position, Entry> all = new TreeMap<>();
  private final NavigableMap<StorageKey, List<Entry>> streams = new TreeMap<>();
  private long last;

  @SuppressWarnings("ArrayRecordComponent") // as it is sealed
  private record Entry(Event event, byte[] content) {}

  /**
   * An empty store.
   *
   * @param executor has a thread for each subscription
   */
  public MemoryEventStore(Executor executor, Sealing sealing) {
    this.sealing = sealing;
    this.subscriptions = new Subscriptions(executor, INTERVAL);
  }

  @Override
  public List<Event> append(List<Append> appends) {
    Set<StorageKey> keys = appends.stream().map(Append::stream).collect(Collectors.toSet());
    if (keys.size() < appends.size()) {
      throw new IllegalArgumentException("A stream is appended to once");
    }
    Sealing.Sealer sealer = sealing.forWriting(keys);
    List<Event> events = new ArrayList<>();
    lock.writeLock().lock();
    try {
      appends.forEach(this::check);
      for (Append append : appends) {
        List<Entry> stream = streams.computeIfAbsent(append.stream(), key -> new ArrayList<>());
        for (Recorded recorded : append.events()) {
          Event event =
              new Event(new Position(++last), append.stream(), stream.size() + 1L, recorded);
          Entry entry =
              new Entry(
                  with(event, bare(recorded)), sealer.seal(append.stream(), Envelope.of(recorded)));
          stream.add(entry);
          all.put(event.position(), entry);
          events.add(event);
        }
      }
    } finally {
      lock.writeLock().unlock();
    }
    subscriptions.wake();
    return events;
  }

  private void check(Append append) {
    long count = streams.getOrDefault(append.stream(), List.of()).size();
    Expected expected = append.expected();
    if ((expected instanceof Expected.None && count > 0)
        || (expected instanceof Expected.Exact exact && exact.number() != count)) {
      throw new StorageException.Conflict(append.stream(), "The stream is not as expected");
    }
  }

  @Override
  public List<Event> read(StreamRead read) {
    return opened(
        locked(
            () -> {
              List<Entry> stream = streams.getOrDefault(read.stream(), List.of());
              int size = stream.size();
              if (read.backward()) {
                int end = (int) Math.min(read.from(), size);
                List<Entry> page =
                    new ArrayList<>(stream.subList(Math.max(0, end - read.limit()), end));
                Collections.reverse(page);
                return page;
              }
              int start = (int) Math.min(read.from() - 1, size);
              return List.copyOf(stream.subList(start, Math.min(size, start + read.limit())));
            }));
  }

  @Override
  public EventPage after(Position position, EventFilter filter, int limit) {
    List<Entry> found = new ArrayList<>();
    Position end =
        locked(
            () -> {
              for (Entry entry : all.tailMap(position, false).values()) {
                if (filter.matches(entry.event())) {
                  found.add(entry);
                  if (found.size() == limit) {
                    return entry.event().position();
                  }
                }
              }
              return later(position, new Position(last));
            });
    return new EventPage(opened(found), end, found.size() < limit);
  }

  private static Position later(Position one, Position other) {
    return one.compareTo(other) > 0 ? one : other;
  }

  @Override
  public Position end() {
    return locked(() -> new Position(last));
  }

  @Override
  public Subscription subscribe(
      Position after, EventFilter filter, Consumer<EventPage> subscriber) {
    return subscriptions.start(this, after, filter, subscriber);
  }

  @Override
  public List<StorageKey> streams(
      TenantId tenant, String collection, Optional<String> afterId, int limit) {
    return locked(
        () ->
            streams.keySet().stream()
                .filter(
                    key ->
                        key.tenant().equals(tenant)
                            && key.collection().equals(collection)
                            && afterId
                                .map(id -> Folding.CODE_POINTS.compare(id, key.id()) < 0)
                                .orElse(true))
                .limit(limit)
                .toList());
  }

  @Override
  public long erase(TenantId tenant, int most) {
    lock.writeLock().lock();
    try {
      long before = all.size();
      all.values().removeIf(entry -> entry.event().stream().tenant().equals(tenant));
      streams.keySet().removeIf(key -> key.tenant().equals(tenant));
      return before - all.size();
    } finally {
      lock.writeLock().unlock();
    }
  }

  private List<Event> opened(List<Entry> entries) {
    Sealing.Opener opener =
        sealing.forReading(
            entries.stream().map(entry -> entry.event().stream()).collect(Collectors.toSet()));
    return entries.stream().map(entry -> opened(opener, entry)).toList();
  }

  private static Event opened(Sealing.Opener opener, Entry entry) {
    Event event = entry.event();
    return with(
        event, Envelope.opened(event.recorded(), opener.open(event.stream(), entry.content())));
  }

  /** What is kept beside the bytes. */
  private static Recorded bare(Recorded recorded) {
    return new Recorded(
        recorded.id(),
        recorded.type(),
        recorded.schema(),
        recorded.version(),
        recorded.time(),
        Origin.of(recorded.origin().actor()),
        Optional.empty());
  }

  private static Event with(Event event, Recorded recorded) {
    return new Event(event.position(), event.stream(), event.number(), recorded);
  }

  private <T> T locked(Supplier<T> action) {
    lock.readLock().lock();
    try {
      return action.get();
    } finally {
      lock.readLock().unlock();
    }
  }
}
