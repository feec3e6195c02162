package org.muster.delivery.admin;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.Optional;
import java.util.Set;
import org.muster.event.Event;
import org.muster.event.EventFilter;
import org.muster.event.EventPage;
import org.muster.event.Position;
import org.muster.feed.Feed;
import org.muster.kernel.TenantId;
import org.muster.scim.ScimException;

/** Where the events of a receiver begin: a position, a time, the start or the end. Thread-safe. */
final class Start {
  /** Looked through for a time. */
  private static final int PAGES_MOST = 500;

  private final Feed feed;

  Start(Feed feed) {
    this.feed = feed;
  }

  /**
   * The position that a text means.
   *
   * @throws ScimException 400 if it means none
   */
  Position of(TenantId tenant, String text) {
    if (text.equals("end")) {
      return feed.end();
    }
    if (text.equals("start")) {
      return Position.START;
    }
    return Position.parse(text)
        .or(() -> time(text).map(time -> before(tenant, time)))
        .orElseThrow(
            () ->
                ReceiverJson.invalid(
                    "after must be a position that an event has, a time as 2026-01-31T12:00:00Z,"
                        + " start or end"));
  }

  private static Optional<Instant> time(String text) {
    try {
      return Optional.of(OffsetDateTime.parse(text).toInstant());
    } catch (DateTimeException e) {
      return Optional.empty();
    }
  }

  /** Behind the last event before the first that happened at the time or later. */
  private Position before(TenantId tenant, Instant time) {
    EventFilter filter = Feed.filter(tenant, Set.of(), Set.of());
    Position last = Position.START;
    for (int pages = 0; pages < PAGES_MOST; pages++) {
      EventPage page = feed.page(last, filter, Feed.PAGE_MOST);
      for (Event event : page.events()) {
        if (!event.recorded().time().isBefore(time)) {
          return last;
        }
        last = event.position();
      }
      if (page.complete()) {
        return page.next();
      }
      last = page.next();
    }
    throw new ScimException(
        400, "There are too many events before that time; give a position instead");
  }
}
