package org.muster.scim.history;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.muster.event.Event;
import org.muster.event.EventFilter;
import org.muster.event.EventPage;
import org.muster.event.EventStore;
import org.muster.event.Position;
import org.muster.event.StreamRead;
import org.muster.event.document.DocumentState;
import org.muster.event.document.StateStore;
import org.muster.kernel.TenantId;
import org.muster.scim.ScimException;
import org.muster.scim.filter.SearchKeys;
import org.muster.scim.schema.ResourceTypes;
import org.muster.storage.StorageKey;
import org.muster.storage.StorageProvider;

/**
 * The resources of a tenant as they were at a moment, made anew of its events. What was asked for
 * lately is kept for a minute. Thread-safe.
 */
public final class Past {
  private static final int PAGE = 2_000;
  private static final Duration KEPT = Duration.ofMinutes(1); // what is erased meanwhile has to go

  /** What is younger may still get company of a transaction that commits late. */
  private static final Duration SETTLED = Duration.ofMinutes(2);

  private final EventStore events;
  private final StateStore stores;
  private final ResourceTypes types;
  private final int most;
  private final Clock clock;
  private final Cache<Cut, Made> kept;

  /** A moment of a tenant: what counts, and what it is called. */
  private record Cut(TenantId tenant, Optional<Instant> time, Optional<Position> position) {
    boolean counts(Event event) {
      return time.map(at -> !event.recorded().time().isAfter(at)).orElse(true)
          && position.map(at -> event.position().compareTo(at) <= 0).orElse(true);
    }
  }

  private record Made(StorageProvider store, int events) {}

  /**
   * The past of what the events tell of.
   *
   * @param most how many events of a tenant are gone through for a look at it
   */
  public Past(EventStore events, StateStore stores, ResourceTypes types, int most, Clock clock) {
    this.events = events;
    this.stores = stores;
    this.types = types;
    this.most = most;
    this.clock = clock;
    this.kept =
        Caffeine.newBuilder()
            .expireAfterWrite(KEPT)
            .maximumWeight(2L * most)
            .weigher((Cut cut, Made made) -> 1 + made.events())
            .build();
  }

  /**
   * All resources of a tenant at a moment, for reading.
   *
   * @param resource the one whose version is meant, where the moment is a version
   * @throws ScimException 400 if the moment is to come or the tenant has too many events for it,
   *     404 if the resource never had that version
   */
  public StorageProvider at(TenantId tenant, Moment moment, Optional<StorageKey> resource) {
    Cut cut = cut(tenant, moment, resource);
    Made known = kept.getIfPresent(cut);
    if (known != null) {
      return known.store();
    }
    Made made = make(cut);
    boolean settled =
        cut.position().isPresent()
            || cut.time().map(time -> time.isBefore(clock.instant().minus(SETTLED))).orElse(false);
    if (settled) {
      kept.put(cut, made);
    }
    return made.store();
  }

  private Cut cut(TenantId tenant, Moment moment, Optional<StorageKey> resource) {
    if (moment instanceof Moment.At at) {
      if (at.time().isAfter(clock.instant())) {
        throw invalid("at is still to come");
      }
      return new Cut(tenant, Optional.of(at.time()), Optional.empty());
    }
    StorageKey key =
        resource.orElseThrow(
            () -> invalid("For more than one resource, at must be a time and no version"));
    return new Cut(tenant, Optional.empty(), Optional.of(position(key, (Moment.Of) moment)));
  }

  /** The position of the last event that gave a resource its version. */
  private Position position(StorageKey key, Moment.Of of) {
    long from = Long.MAX_VALUE;
    while (true) {
      List<Event> page = events.read(StreamRead.backward(key, from, PAGE));
      for (Event event : page) {
        if (event.recorded().version().equals(Optional.of(of.version()))) {
          return event.position();
        }
      }
      if (page.size() < PAGE || page.get(page.size() - 1).number() == 1) {
        throw ScimException.notFound(
            "There is no version " + of.version() + " of the resource with the id " + key.id());
      }
      from = page.get(page.size() - 1).number() - 1;
    }
  }

  private Made make(Cut cut) {
    Map<StorageKey, DocumentState> states = new HashMap<>();
    Set<StorageKey> ended = new HashSet<>();
    Position position = Position.START;
    int seen = 0;
    EventPage page;
    do {
      page = events.after(position, EventFilter.of(cut.tenant()), PAGE);
      seen += page.events().size();
      if (seen > most) {
        throw ScimException.badRequest(
            ScimException.Type.TOO_MANY,
            "The tenant has more than "
                + most
                + " events, which are too many to go through for a look at the past");
      }
      for (Event event : page.events()) {
        StorageKey key = event.stream();
        if (key.collection().startsWith("$")) {
          continue; // the server's own, and no document
        }
        // a stream is cut once, whatever the clocks of the nodes said later
        if (!ended.contains(key)) {
          if (cut.counts(event)) {
            states.computeIfAbsent(key, DocumentState::new).apply(event);
          } else {
            ended.add(key);
          }
        }
      }
      position = page.next();
    } while (!page.complete());
    states.values().forEach(this::index);
    return new Made(stores.of(states.values()), seen);
  }

  /** What is searchable today is searched by. */
  private void index(DocumentState state) {
    types
        .byName(state.key().tenant(), state.key().collection())
        .ifPresent(
            type ->
                state
                    .document()
                    .ifPresent(document -> state.index(SearchKeys.of(type, document.tree()))));
  }

  private static ScimException invalid(String detail) {
    return ScimException.badRequest(ScimException.Type.INVALID_VALUE, detail);
  }
}
