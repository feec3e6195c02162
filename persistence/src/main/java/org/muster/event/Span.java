package org.muster.event;

import java.util.List;

/**
 * All events of a part of the order, read once for all who follow.
 *
 * @param from the position that they are behind; nothing is between it and the first of them
 * @param page the events, and where the part ends
 */
record Span(Position from, EventPage page) {
  /** What an event weighs besides its content. */
  private static final int HEAD = 500;

  /** About how many characters it holds in memory. */
  long weight() {
    return page.events().stream()
        .mapToLong(event -> HEAD + event.recorded().content().map(c -> c.text().length()).orElse(0))
        .sum();
  }

  /** What of it is behind a position and wanted. */
  List<Event> wanted(Position behind, EventFilter filter) {
    return page.events().stream()
        .filter(event -> event.position().compareTo(behind) > 0 && filter.matches(event))
        .toList();
  }
}
