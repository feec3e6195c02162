package org.muster.event.projection;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;
import org.muster.event.EventPage;
import org.muster.event.EventStore;
import org.muster.event.Position;
import org.muster.event.Projection;
import org.muster.storage.StorageException;

/**
 * Does one step after the other of whatever there is to do for a projection; page and progress are
 * one transaction. Keeps nothing in between, so that any node can do any of them.
 */
final class Steps {
  /** Always the same, so that a page that comes again comes whole. */
  private static final int PAGE = 2_000;

  private static final int ROWS = 2_000;

  /** For those who have written and not committed, while all others wait. */
  private static final Duration PATIENCE = Duration.ofSeconds(5);

  private static final long MOMENT_NANOS = 10_000_000;

  /** After an announcement, until all nodes must have heard of it. */
  static final Duration NOTICE = Duration.ofSeconds(3);

  private final Projection projection;
  private final @Nullable Beside beside;
  private final EventStore events;
  private final SharedPages pages;
  private final ProjectionProgress progress;
  private final Unit transactions;
  private final Duration rest;
  private final Clock clock;

  Steps(Projections.Registered registered, EventStore events, SharedPages pages, Clock clock) {
    this.projection = registered.projection();
    this.beside = projection instanceof Beside other ? other : null;
    this.events = events;
    this.pages = pages;
    this.progress = registered.progress();
    this.transactions = registered.transactions();
    this.rest = registered.rest();
    this.clock = clock;
  }

  /** Does a step; whether there may be more to do. */
  boolean step() {
    if (progress.find(projection.name()).map(this::isIdle).orElse(false)) {
      return false;
    }
    return transactions.run(
        () ->
            progress.take(projection.name(), false, clock.instant()).map(this::step).orElse(false));
  }

  private boolean step(Progress now) {
    return switch (now.phase()) {
      case PAUSED -> false;
      case RUNNING -> beside == null && follow(now, Phase.RUNNING);
      case CLEARING -> clear(now);
      case REBUILDING -> follow(now, beside == null ? Phase.RUNNING : Phase.SWITCHING);
      case SWITCHING -> switchOver(now);
      case RETIRING -> retire(now);
    };
  }

  /** Whether there is nothing to do, as far as can be seen without taking it from others. */
  private boolean isIdle(Progress now) {
    return switch (now.phase()) {
      case PAUSED -> true;
      case RUNNING -> beside != null || (now.error().isEmpty() && isUpToDate(now));
      case RETIRING -> clock.instant().isBefore(now.started().plus(NOTICE));
      case CLEARING, REBUILDING, SWITCHING -> false;
    };
  }

  private boolean isUpToDate(Progress now) {
    if (pages.has(now.position(), projection.filter(), PAGE)) {
      return false;
    }
    EventPage page = events.after(now.position(), projection.filter(), 1);
    return page.events().isEmpty()
        && page.complete()
        && (page.next().equals(now.position())
            || now.updated().plus(rest).isAfter(clock.instant()));
  }

  private boolean clear(Progress now) {
    if (projection.clear(ROWS) > 0) {
      save(now.at(now.position(), 0, clock.instant()));
    } else {
      save(now.in(Phase.REBUILDING, events.end(), clock.instant()).anew());
    }
    return true;
  }

  /** Applies a page; at the end of the events there is another phase. */
  private boolean follow(Progress now, Phase then) {
    EventPage page = pages.after(now.position(), projection.filter(), PAGE);
    Instant time = clock.instant();
    if (!page.events().isEmpty()) {
      projection.apply(page.events());
    }
    Progress next = now.at(page.next(), page.events().size(), time);
    if (page.complete() && then != now.phase()) {
      if (then == Phase.SWITCHING && beside != null) {
        beside.announce(true);
      }
      save(next.in(then, page.next(), time));
      return false;
    }
    if (!page.events().isEmpty()
        || !page.complete()
        || now.error().isPresent()
        || (!page.next().equals(now.position()) && !now.updated().plus(rest).isAfter(time))) {
      save(next);
    }
    return !page.complete();
  }

  private boolean switchOver(Progress now) {
    if (beside == null) {
      throw new IllegalStateException("Nothing lies beside " + now.name());
    }
    if (clock.instant().isBefore(now.started().plus(NOTICE))) {
      return follow(now, Phase.SWITCHING);
    }
    Caught caught = new Caught(now.position());
    beside.swap(() -> catchUp(caught));
    Instant time = clock.instant();
    save(now.at(caught.position, caught.events, time).in(Phase.RETIRING, caught.position, time));
    return true;
  }

  /** How far a new one is. */
  private static final class Caught {
    private Position position;
    private long events;

    Caught(Position position) {
      this.position = position;
    }
  }

  /** Until all is done that was written so far, also by those who have yet to commit. */
  private void catchUp(Caught caught) {
    Position last = events.drawn();
    Instant end = clock.instant().plus(PATIENCE);
    boolean isThere = false;
    while (!isThere) {
      EventPage page = pages.fresh(caught.position, projection.filter(), PAGE);
      projection.apply(page.events());
      caught.position = page.next();
      caught.events += page.events().size();
      isThere = page.complete() && caught.position.compareTo(last) >= 0;
      if (page.complete() && !isThere) {
        if (clock.instant().isAfter(end)) {
          throw new StorageException.Unavailable(
              "Somebody has written and does not commit; the new one is tried later", null);
        }
        LockSupport.parkNanos(MOMENT_NANOS);
      }
    }
  }

  /** Only when all nodes must have heard that the old one is not asked any more. */
  private boolean retire(Progress now) {
    Instant time = clock.instant();
    if (beside == null || time.isBefore(now.started().plus(NOTICE))) {
      return false;
    }
    beside.announce(false);
    if (beside.retire(ROWS) == 0) {
      save(now.in(Phase.RUNNING, now.position(), time));
    }
    return true;
  }

  private void save(Progress changed) {
    try {
      progress.save(changed);
    } catch (StorageException.Conflict e) {
      throw new Overtaken(e);
    }
  }

  /** Somebody else has changed the progress; what was done is to be rolled back, or done again. */
  static final class Overtaken extends RuntimeException {
    private static final long serialVersionUID = 1;

    Overtaken(Throwable cause) {
      super("Somebody else has changed the progress", cause);
    }
  }

  /** Says that the last step has failed. */
  void fail(String why) {
    pages.forget();
    transactions.run(
        () -> {
          Optional<Progress> now = progress.take(projection.name(), true, clock.instant());
          now.ifPresent(each -> progress.save(each.failed(why, clock.instant())));
          return now.isPresent();
        });
  }
}
