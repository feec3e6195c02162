package org.muster.event;

import java.util.List;

/**
 * Some events in their order.
 *
 * @param next where to go on reading; behind the last of the events, and behind those that were not
 *     wanted
 * @param complete whether there were no more for now
 */
public record EventPage(List<Event> events, Position next, boolean complete) {
  public EventPage {
    events = List.copyOf(events);
  }
}
