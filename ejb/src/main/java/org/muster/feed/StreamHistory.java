package org.muster.feed;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.muster.event.Event;
import org.muster.event.EventStore;
import org.muster.event.StreamRead;
import org.muster.event.document.DocumentState;
import org.muster.event.document.DocumentState.Presence;
import org.muster.scim.ScimException;
import org.muster.scim.history.Moment;
import org.muster.storage.StorageKey;

/** What became of a document, and what it was. Thread-safe. */
public final class StreamHistory {
  /** Few enough that the largest contents fit into memory. */
  private static final int PAGE = 50;

  /** Characters of content after which a page is long enough. */
  private static final long PAGE_CHARACTERS = 4 << 20;

  private final EventStore events;

  /** The history that a store tells. */
  StreamHistory(EventStore events) {
    this.events = events;
  }

  /**
   * A page of the events of a document, be it live or not, the latest first; fewer where they are
   * long. There are more if the last one's number is not 1.
   *
   * @param from the number of the first of them; empty for the latest
   */
  public List<Event> page(StorageKey key, Optional<Long> from, int limit) {
    List<Event> found = new ArrayList<>();
    long characters = 0;
    long next = from.orElse(Long.MAX_VALUE);
    while (found.size() < limit && characters < PAGE_CHARACTERS && next > 0) {
      int some = Math.min(PAGE, limit - found.size());
      List<Event> page = events.read(StreamRead.backward(key, next, some));
      found.addAll(page);
      for (Event event : page) {
        characters += event.recorded().content().map(content -> content.text().length()).orElse(0);
      }
      next = page.size() < some ? 0 : page.get(page.size() - 1).number() - 1;
    }
    return found;
  }

  /**
   * What a document was at a time, or when it had just got a version.
   *
   * @throws ScimException 404 if there was none then, or it never had that version
   */
  public DocumentState at(StorageKey key, Moment moment) {
    DocumentState state = new DocumentState(key);
    boolean found = false;
    List<Event> page;
    do {
      page = events.read(StreamRead.forward(key, state.number() + 1, PAGE));
      for (Event event : page) {
        boolean is = is(event, moment);
        if (moment instanceof Moment.At ? !is : found && !is) {
          return known(state, moment, found);
        }
        state.apply(event);
        found |= is;
      }
    } while (page.size() == PAGE);
    return known(state, moment, found);
  }

  /** Whether an event had happened at a time, or is one of those that gave the version. */
  private static boolean is(Event event, Moment moment) {
    return moment instanceof Moment.At at
        ? !event.recorded().time().isAfter(at.time())
        : moment instanceof Moment.Of of
            && event.recorded().version().equals(Optional.of(of.version()));
  }

  private static DocumentState known(DocumentState state, Moment moment, boolean found) {
    if ((moment instanceof Moment.Of && !found) || state.presence() == Presence.ABSENT) {
      throw ScimException.notFound("There was no such document then");
    }
    return state;
  }
}
