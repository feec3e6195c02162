package org.muster.event;

import java.util.List;
import org.muster.storage.StorageKey;

/** Events for the end of one stream, in order; at least one. */
public record Append(StorageKey stream, Expected expected, List<Recorded> events) {
  public Append {
    events = List.copyOf(events);
    if (events.isEmpty()) {
      throw new IllegalArgumentException("Nothing to append");
    }
    for (Recorded event : events) {
      if (event.content().isEmpty()) {
        throw new IllegalArgumentException("An event is appended with its content");
      }
    }
  }
}
