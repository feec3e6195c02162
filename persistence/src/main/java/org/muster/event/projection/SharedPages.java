package org.muster.event.projection;

import org.jspecify.annotations.Nullable;
import org.muster.event.EventFilter;
import org.muster.event.EventPage;
import org.muster.event.EventStore;
import org.muster.event.Position;

/**
 * The pages that the projections of a node follow: those that want the same read it once, one after
 * the other, as far as they keep pace. Thread-safe.
 */
final class SharedPages {
  private final BatchPages pages;
  private @Nullable Last last;

  private record Last(Position after, EventFilter filter, int limit, EventPage page) {}

  SharedPages(EventStore events) {
    this.pages = new BatchPages(events);
  }

  /**
   * A page, as {@link BatchPages} has it; as it was when another one read it, perhaps, so that it
   * may end before the events do. What lies behind it is read anew.
   */
  synchronized EventPage after(Position position, EventFilter filter, int limit) {
    Last known = last;
    if (known != null
        && known.after().equals(position)
        && known.filter().equals(filter)
        && known.limit() == limit) {
      return known.page();
    }
    EventPage page = pages.after(position, filter, limit);
    // whoever follows it is at its end, most likely, when there is nothing behind it
    last = page.events().isEmpty() ? null : new Last(position, filter, limit, page);
    return page;
  }

  /** A page as the events are now. */
  EventPage fresh(Position position, EventFilter filter, int limit) {
    return pages.after(position, filter, limit);
  }
}
