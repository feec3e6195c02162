package org.muster.projection;

import java.util.List;
import org.muster.event.Event;
import org.muster.event.EventStore;
import org.muster.event.StreamRead;
import org.muster.event.document.DocumentState;

/** What documents were at one of their events, read from their streams. Thread-safe. */
final class StreamStates {
  private static final int PAGE = 1_000;

  private final EventStore events;

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

  private DocumentState state(Event event, long last) {
    DocumentState state = new DocumentState(event.stream());
    while (state.number() < last) {
      long from = state.number() + 1;
      int limit = (int) Math.min(PAGE, last - state.number());
      List<Event> page = events.read(StreamRead.forward(event.stream(), from, limit));
      page.forEach(state::apply);
      if (page.isEmpty()) {
        break; // erased meanwhile, with its tenant
      }
    }
    return state;
  }
}
