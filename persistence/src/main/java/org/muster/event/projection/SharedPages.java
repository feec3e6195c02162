package org.muster.event.projection;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;
import org.muster.event.EventFilter;
import org.muster.event.EventPage;
import org.muster.event.EventStore;
import org.muster.event.Position;

/**
 * The pages that the projections of a node follow: those that want the same read it once, as far as
 * they keep pace; and while a page is being applied that has more behind it, the next one is read.
 * A page is kept for some seconds. Thread-safe; nobody waits for long for what another one reads.
 */
public final class SharedPages {
  private static final int MOST = 4;
  private static final long LIFE_NANOS = Duration.ofSeconds(10).toNanos();
  private static final long PATIENCE_MILLIS = 2_000;

  private final BatchPages pages;
  private final Map<Wanted, Kept> kept = new LinkedHashMap<>();
  private @Nullable Executor readers;

  /** Which page. */
  private record Wanted(Position after, EventFilter filter, int limit) {}

  /** A page that is read or was. */
  private record Kept(CompletableFuture<EventPage> page, long since) {
    boolean isOld() {
      return System.nanoTime() - since > LIFE_NANOS;
    }
  }

  /** Pages of a store, which are not read ahead yet. */
  public SharedPages(EventStore events) {
    this.pages = new BatchPages(events);
  }

  /** From now on pages are read ahead on these threads. */
  public synchronized void readAhead(Executor threads) {
    readers = threads;
  }

  /**
   * A page, as {@link BatchPages} has it. One that was read for another one does not say that it is
   * complete: there may be more by now.
   */
  public EventPage after(Position position, EventFilter filter, int limit) {
    Wanted wanted = new Wanted(position, filter, limit);
    CompletableFuture<EventPage> mine = new CompletableFuture<>();
    CompletableFuture<EventPage> known = keep(wanted, mine);
    EventPage page = known == mine ? read(wanted, mine) : waited(wanted, known);
    if (!page.complete() && !page.events().isEmpty()) {
      readAhead(new Wanted(page.next(), filter, limit));
    }
    return known == mine ? page : new EventPage(page.events(), page.next(), false);
  }

  /** Whether a page with events is at hand. */
  boolean has(Position position, EventFilter filter, int limit) {
    CompletableFuture<EventPage> known = find(new Wanted(position, filter, limit));
    return known != null
        && known.isDone()
        && !known.isCompletedExceptionally()
        && !known.join().events().isEmpty();
  }

  /** A page as the events are now. */
  EventPage fresh(Position position, EventFilter filter, int limit) {
    return pages.after(position, filter, limit);
  }

  /** Forgets all, since what was read may be what has failed. */
  synchronized void forget() {
    kept.clear();
  }

  private synchronized @Nullable CompletableFuture<EventPage> find(Wanted wanted) {
    kept.values().removeIf(Kept::isOld);
    Kept known = kept.get(wanted);
    return known == null ? null : known.page();
  }

  /** What is known of a page; else it is to be the given one. */
  private synchronized CompletableFuture<EventPage> keep(
      Wanted wanted, CompletableFuture<EventPage> page) {
    CompletableFuture<EventPage> known = find(wanted);
    if (known != null) {
      return known;
    }
    if (kept.size() == MOST) {
      kept.remove(kept.keySet().iterator().next());
    }
    kept.put(wanted, new Kept(page, System.nanoTime()));
    return page;
  }

  private synchronized void forget(Wanted wanted, CompletableFuture<EventPage> page) {
    Kept known = kept.get(wanted);
    if (known != null && known.page() == page) {
      kept.remove(wanted);
    }
  }

  private EventPage read(Wanted wanted, CompletableFuture<EventPage> into) {
    boolean isKept = false;
    try {
      EventPage page = pages.after(wanted.after(), wanted.filter(), wanted.limit());
      isKept = !page.events().isEmpty(); // else there may be some the next time
      into.complete(page);
      return page;
    } finally {
      if (!isKept) {
        forget(wanted, into);
        into.cancel(false);
      }
    }
  }

  /** What another one reads; if that fails or takes long, it is read here. */
  private EventPage waited(Wanted wanted, CompletableFuture<EventPage> other) {
    try {
      return other.get(PATIENCE_MILLIS, TimeUnit.MILLISECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } catch (ExecutionException | TimeoutException | CancellationException e) {
      forget(wanted, other);
    }
    return pages.after(wanted.after(), wanted.filter(), wanted.limit());
  }

  private void readAhead(Wanted wanted) {
    Executor threads;
    synchronized (this) {
      threads = readers;
    }
    if (threads == null) {
      return;
    }
    CompletableFuture<EventPage> next = new CompletableFuture<>();
    if (keep(wanted, next) != next) {
      return;
    }
    try {
      threads.execute(() -> readFor(wanted, next));
    } catch (RuntimeException | OutOfMemoryError e) {
      // there is no thread for it: who wants it reads it
      forget(wanted, next);
      next.cancel(false);
    }
  }

  private void readFor(Wanted wanted, CompletableFuture<EventPage> next) {
    try {
      read(wanted, next);
    } catch (RuntimeException e) {
      // who wants it reads it, and is told
      next.cancel(false);
    }
  }
}
