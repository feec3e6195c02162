package org.muster.projection;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.muster.event.Event;
import org.muster.event.EventStore;
import org.muster.event.StreamRead;
import org.muster.event.document.DocumentState;

/**
 * What documents were at one of their events, read from their streams. The last one is remembered,
 * so that events of one stream that follow each other read it once. For one thread.
 */
final class StreamStates {
  private static final int PAGE = 50;

  private final EventStore events;
  private @Nullable DocumentState last;

  StreamStates(EventStore events) {
    this.events = events;
  }

  /** The state that an event led to. */
  DocumentState with(Event event) {
    return state(event, event.number());
  }

  /** The state that an event found. */
  DocumentState before(Event event) {
    return state(event, event.number() - 1);
  }

  /** Forgets what was read; to be called when the page is done. */
  void forget() {
    last = null;
  }

  private DocumentState state(Event event, long number) {
    DocumentState known = last;
    DocumentState state =
        known != null && known.key().equals(event.stream()) && known.number() <= number
            ? known
            : new DocumentState(event.stream());
    last = state;
    while (state.number() < number) {
      long from = state.number() + 1;
      int limit = (int) Math.min(PAGE, number - state.number());
      List<Event> page = events.read(StreamRead.forward(event.stream(), from, limit));
      page.forEach(state::apply);
      if (page.isEmpty()) {
        break; // erased meanwhile, with its tenant
      }
    }
    return state;
  }
}
