package org.muster.feed;

import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import org.muster.event.Event;
import org.muster.event.EventFilter;
import org.muster.event.EventPage;
import org.muster.event.EventStore;
import org.muster.event.EventType;
import org.muster.event.Position;
import org.muster.kernel.TenantId;
import org.muster.receiver.Receiver;
import org.muster.receiver.ReceiverSettings;

/** What happened in a tenant, in pages or as it comes. Thread-safe. */
public final class Feed {
  /** Most events of a page. */
  public static final int PAGE_MOST = 1_000;

  /** Characters of content after which a page is long enough. */
  private static final long PAGE_CHARACTERS = 4 << 20;

  /** Few enough that the largest contents fit into memory. */
  private static final int FIRST_STEP = 20;

  private static final Set<EventType> VISIBLE = EventType.where(EventType::isVisible);

  private final EventStore events;

  /** A feed of a store. */
  public Feed(EventStore events) {
    this.events = events;
  }

  /**
   * What is wanted of a tenant.
   *
   * @param collections none for all
   * @param types none for all that a client could have noticed
   */
  public static EventFilter filter(TenantId tenant, Set<String> collections, Set<EventType> types) {
    return new EventFilter(Optional.of(tenant), collections, types.isEmpty() ? VISIBLE : types);
  }

  /** What a receiver wants. */
  public static EventFilter filter(Receiver receiver) {
    ReceiverSettings wanted = receiver.settings();
    Set<EventType> types = wanted.types();
    if (types.isEmpty()) {
      types = EnumSet.copyOf(VISIBLE);
      types.addAll(receiver.kind().more());
    }
    return new EventFilter(Optional.of(receiver.id().tenant()), wanted.collections(), types);
  }

  /**
   * A page; shorter than its limit if there is no more, if it is long otherwise, or if what is
   * wanted is far between: then it may be empty and not complete.
   *
   * @param limit 1 to {@value #PAGE_MOST}
   */
  public EventPage page(Position after, EventFilter filter, int limit) {
    List<Event> found = new ArrayList<>();
    long characters = 0;
    int step = Math.min(limit, FIRST_STEP);
    EventPage page = events.after(after, filter, step);
    while (true) {
      found.addAll(page.events());
      characters += characters(page);
      int left = limit - found.size();
      boolean isSparse = page.events().isEmpty(); // each call goes through a bounded range
      if (page.complete() || isSparse || left == 0 || characters >= PAGE_CHARACTERS) {
        return new EventPage(found, page.next(), page.complete());
      }
      long each = Math.max(1, characters / found.size());
      long fitting = Math.max(1, (PAGE_CHARACTERS - characters) / each);
      page = events.after(page.next(), filter, (int) Math.min(left, fitting));
    }
  }

  private static long characters(EventPage page) {
    return page.events().stream()
        .mapToLong(event -> event.recorded().content().map(c -> c.text().length()).orElse(0))
        .sum();
  }

  /** The position behind all that there is. */
  public Position end() {
    return events.end();
  }

  /** Hands over what there is and what comes; see {@link EventStore#subscribe}. */
  public EventStore.Subscription follow(
      Position after, EventFilter filter, Consumer<EventPage> subscriber) {
    return events.subscribe(after, filter, subscriber);
  }
}
