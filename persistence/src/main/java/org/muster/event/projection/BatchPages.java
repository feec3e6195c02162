package org.muster.event.projection;

import java.util.List;
import java.util.Optional;
import org.muster.event.Event;
import org.muster.event.EventFilter;
import org.muster.event.EventPage;
import org.muster.event.EventStore;
import org.muster.event.Position;
import org.muster.event.StreamRead;
import org.muster.kernel.Version;

/**
 * Pages of events that end where a batch does, so that who follows sees what belongs together in
 * one page; but for batches that are longer than the longest page.
 */
public final class BatchPages {
  private final EventStore events;

  /** Pages of a store. */
  public BatchPages(EventStore events) {
    this.events = events;
  }

  /** A page of about so many events at most, more where a batch has more. */
  public EventPage after(Position position, EventFilter filter, int limit) {
    int wanted = limit;
    while (true) {
      EventPage page = events.after(position, filter, wanted);
      if (page.complete() || page.events().isEmpty()) {
        return page;
      }
      List<Event> whole = page.events().subList(0, end(page.events()));
      if (!whole.isEmpty()) {
        return new EventPage(whole, whole.get(whole.size() - 1).position(), false);
      }
      if (wanted == StreamRead.MOST) {
        return page;
      }
      wanted = Math.min(StreamRead.MOST, 2 * wanted);
    }
  }

  /** Where the batch begins that the last event is of. */
  private static int end(List<Event> all) {
    Optional<Version> last = all.get(all.size() - 1).recorded().version();
    int end = all.size();
    while (end > 0 && all.get(end - 1).recorded().version().equals(last)) {
      end--;
    }
    return end;
  }
}
