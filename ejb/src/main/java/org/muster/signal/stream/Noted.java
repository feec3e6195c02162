package org.muster.signal.stream;

import java.util.Optional;
import org.muster.event.Event;
import org.muster.event.EventStore;
import org.muster.event.StreamRead;
import org.muster.receiver.Note;

/** What notes refer to. */
final class Noted {
  private Noted() {}

  /** The event of a note; empty if there is none any more. */
  static Optional<Event> event(EventStore events, Note note) {
    return events.read(StreamRead.forward(note.stream(), note.number(), 1)).stream()
        .filter(event -> event.number() == note.number())
        .findFirst();
  }
}
