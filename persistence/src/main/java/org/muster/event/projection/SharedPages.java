package org.muster.event.projection;

import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;
import org.muster.event.EventFilter;
import org.muster.event.EventPage;
import org.muster.event.EventStore;
import org.muster.event.Position;

/**
 * The pages that the projections of a node follow: those that want the same read it once, one after
 * the other, as far as they keep pace; and while a page is being applied that has more behind it,
 * the next one is read. Thread-safe.
 */
public final class SharedPages {
  private final BatchPages pages;
  private @Nullable Executor readers;
  private @Nullable Known last;
  private @Nullable Known next;

  /** Which page. */
  private record Wanted(Position after, EventFilter filter, int limit) {}

  private record Known(Wanted wanted, CompletableFuture<EventPage> page) {}

  /** Pages of a store, which are not read ahead yet. */
  public SharedPages(EventStore events) {
    this.pages = new BatchPages(events);
  }

  /** From now on pages are read ahead on these threads. */
  public synchronized void readAhead(Executor threads) {
    readers = threads;
  }

  /**
   * A page, as {@link BatchPages} has it; as it was when it was read for another one, perhaps, so
   * that it may end before the events do. What lies behind it is read anew.
   */
  public synchronized EventPage after(Position position, EventFilter filter, int limit) {
    Wanted wanted = new Wanted(position, filter, limit);
    EventPage page = known(wanted);
    if (page == null) {
      page = pages.after(position, filter, limit);
      // who follows it is at its end, most likely, when there is nothing behind it
      last =
          page.events().isEmpty()
              ? null
              : new Known(wanted, CompletableFuture.completedFuture(page));
    }
    if (page.complete()) {
      next = null;
    } else {
      readAhead(new Wanted(page.next(), filter, limit));
    }
    return page;
  }

  private @Nullable EventPage known(Wanted wanted) {
    Known behind = next;
    if (behind != null && behind.wanted().equals(wanted)) {
      last = behind;
      next = null;
    }
    Known known = last;
    if (known == null || !known.wanted().equals(wanted)) {
      return null;
    }
    try {
      EventPage page = known.page().join();
      if (!page.events().isEmpty()) {
        return page;
      }
    } catch (CompletionException e) {
      // it is read again, here
    }
    last = null;
    return null;
  }

  private void readAhead(Wanted wanted) {
    Executor threads = readers;
    if (threads != null && (next == null || !next.wanted().equals(wanted))) {
      next =
          new Known(
              wanted,
              CompletableFuture.supplyAsync(
                  () -> pages.after(wanted.after(), wanted.filter(), wanted.limit()), threads));
    }
  }

  /** A page as the events are now. */
  EventPage fresh(Position position, EventFilter filter, int limit) {
    return pages.after(position, filter, limit);
  }
}
