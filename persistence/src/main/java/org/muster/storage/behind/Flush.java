package org.muster.storage.behind;

import java.io.IOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.concurrent.atomic.AtomicLong;
import org.muster.event.projection.Unit;
import org.muster.storage.StorageException;
import org.muster.storage.StorageKey;
import org.muster.storage.StorageProvider;
import org.muster.storage.behind.PendingWrites.Work;
import org.muster.storage.behind.log.WriteLog;

/**
 * Has the store do what is pending: of many keys in one transaction, and of each by itself if that
 * fails. What it will never take becomes a dead letter. Thread-safe.
 */
final class Flush {
  private static final Logger LOG = System.getLogger(Flush.class.getName());
  private static final Duration SHORTEST_PAUSE = Duration.ofMillis(50);
  private static final Duration LONGEST_PAUSE = Duration.ofSeconds(5);

  /** How often the store may fail without saying why. */
  private static final int MOST_FAILURES = 10;

  private final StorageProvider store;
  private final Unit unit;
  private final PendingWrites pending;
  private final WriteLog log;
  private final Letters letters;
  private final Orphans orphans;
  private final Outcomes outcomes;
  private final Clock clock;
  private final Map<StorageKey, Integer> failures = new HashMap<>();
  private Duration pause = SHORTEST_PAUSE;
  final AtomicLong written = new AtomicLong();
  final AtomicLong coalesced = new AtomicLong();
  final AtomicLong dead = new AtomicLong();
  final AtomicLong dropped = new AtomicLong();

  /**
   * Makes one.
   *
   * @param unit where it writes: a transaction for each run
   * @param orphans finds what is of tenants that are gone
   * @param outcomes tells what the store has had already
   */
  Flush(
      StorageProvider store,
      Unit unit,
      PendingWrites pending,
      WriteLog log,
      Letters letters,
      Orphans orphans,
      Outcomes outcomes,
      Clock clock) {
    this.store = store;
    this.unit = unit;
    this.pending = pending;
    this.log = log;
    this.letters = letters;
    this.orphans = orphans;
    this.outcomes = outcomes;
    this.clock = clock;
  }

  /** Writes what was taken, and gives each of it back. */
  void run(List<Work> works) {
    List<Work> sorted = new ArrayList<>(works);
    sorted.sort(Comparator.comparing(Work::key));
    boolean whole = false;
    try {
      write(sorted);
      whole = true;
    } finally {
      if (!whole) {
        sorted.forEach(pending::giveBack);
      }
    }
  }

  private void write(List<Work> works) {
    List<Work> served = served(works);
    boolean isKnown = served.stream().noneMatch(orphans::isInterrupted);
    if (served.size() > 1 && isKnown) {
      if (isDoneAtOnce(served)) {
        return;
      }
      served = served(served); // it may have taken a while
    }
    served.forEach(this::alone);
  }

  /** Without those whose tenants are gone; none if nobody can tell. */
  private List<Work> served(List<Work> works) {
    List<Work> gone;
    try {
      gone = orphans.among(works);
    } catch (RuntimeException e) {
      LOG.log(Level.WARNING, "Nobody can tell which tenants are there; {0}", String.valueOf(e));
      works.forEach(this::later);
      return List.of();
    }
    gone.forEach(this::drop);
    List<Work> left = new ArrayList<>(works);
    left.removeAll(gone);
    return left;
  }

  private boolean isDoneAtOnce(List<Work> works) {
    List<Plan> plans = works.stream().map(work -> Plan.of(work.writes())).toList();
    try {
      apply(works, plans);
    } catch (StorageException.Conflict | Orphans.Found e) {
      return false; // nothing was written; whose fault it was is seen when each is alone
    } catch (RuntimeException e) {
      orphans.storeFailed();
      return false;
    }
    for (int i = 0; i < works.size(); i++) {
      done(works.get(i), plans.get(i));
    }
    return true;
  }

  private void apply(List<Work> works, List<Plan> plans) {
    unit.run(
        () -> {
          plans.forEach(plan -> plan.steps().forEach(store::apply));
          orphans.refuse(works); // last, so that there is no time left for an erasure
          return Boolean.TRUE;
        });
  }

  private void alone(Work work) {
    try {
      if (!mayBeWritten(work)) {
        return;
      }
      Plan plan = Plan.of(work.writes());
      apply(List.of(work), List.of(plan));
      done(work, plan);
    } catch (StorageException.Erased | Orphans.Found e) {
      drop(work);
    } catch (StorageException.Unavailable e) {
      later(work);
    } catch (StorageException.Conflict e) {
      conflict(work, e);
    } catch (StorageException e) {
      bury(work, String.valueOf(e.getMessage()));
    } catch (RuntimeException e) {
      failed(work, e);
    }
  }

  /**
   * What was pending when the store failed, or when the log was opened, may have been done, and
   * others have gone on since.
   */
  private boolean mayBeWritten(Work work) {
    Logged first = work.writes().get(0);
    if (!orphans.isInterrupted(work) || first.write().base().isPresent()) {
      return true; // what was made of another one meets a conflict
    }
    OptionalInt before = outcomes.inEvents(work.writes());
    if (before.orElse(0) > 0) {
      doneBefore(work, before.getAsInt());
      return false;
    }
    if (outcomes.isDeletedSince(first.write(), before.isPresent())) {
      bury(work, "The document was deleted since it was created");
      return false;
    }
    return true;
  }

  private void done(Work work, Plan plan) {
    written.addAndGet(plan.writes());
    coalesced.addAndGet(plan.coalesced());
    recovered(work.key());
    gone(work, plan.writes());
  }

  private synchronized void recovered(StorageKey key) {
    pause = SHORTEST_PAUSE;
    failures.remove(key);
  }

  private void gone(Work work, int count) {
    try {
      forget(work.writes().subList(0, count));
    } finally {
      pending.end(work.chain(), count);
    }
  }

  private void forget(List<Logged> logged) {
    try {
      log.done(logged.stream().map(Logged::number).toList());
    } catch (RuntimeException e) {
      LOG.log(
          Level.WARNING, "What was written can't be marked in the log; it is looked at again", e);
    }
  }

  /** Written before, with an outcome that nobody knew; or somebody else was faster. */
  private void conflict(Work work, StorageException.Conflict e) {
    int before;
    try {
      before = alreadyWritten(work);
    } catch (RuntimeException failure) {
      later(work);
      return;
    }
    if (before > 0) {
      doneBefore(work, before);
    } else if (e.key() == null) {
      later(work); // the database chose it to give way
    } else {
      bury(work, "The document was changed by somebody else, or is not there any more");
    }
  }

  /** How many of the writes the store has had; its events are asked where that may be. */
  private int alreadyWritten(Work work) {
    int before = outcomes.inDocument(work.writes());
    return before == 0 && orphans.isInterrupted(work)
        ? outcomes.inEvents(work.writes()).orElse(0)
        : before;
  }

  private void doneBefore(Work work, int count) {
    written.addAndGet(count);
    coalesced.addAndGet(count - 1L);
    recovered(work.key());
    gone(work, count);
  }

  private void later(Work work) {
    orphans.storeFailed();
    synchronized (this) {
      pending.pause(pause);
      Duration next = pause.multipliedBy(2);
      pause = next.compareTo(LONGEST_PAUSE) < 0 ? next : LONGEST_PAUSE;
    }
    pending.end(work.chain(), 0);
  }

  private void failed(Work work, RuntimeException e) {
    if (!store.health().up()) {
      later(work);
      return;
    }
    int count;
    synchronized (this) {
      count = failures.merge(work.key(), 1, Integer::sum);
    }
    if (count < MOST_FAILURES) {
      later(work);
    } else {
      LOG.log(Level.ERROR, "A write that was acknowledged keeps failing", e);
      bury(work, "The store failed " + count + " times");
    }
  }

  /** With all that was made of it meanwhile. */
  private void bury(Work work, String why) {
    List<Logged> all = pending.all(work.chain());
    try {
      orphans.refuse(List.of(work)); // of whom nothing is to be kept either
      letters.add(all.stream().map(Logged::write).toList(), clock.instant(), why);
    } catch (Orphans.Found e) {
      drop(work);
      return;
    } catch (IOException | RuntimeException e) {
      LOG.log(Level.WARNING, "A dead letter can't be kept; it is tried again", e);
      later(work);
      return;
    }
    LOG.log(
        Level.ERROR,
        "A write of {0} that was acknowledged is not in the store, and is a dead letter now: {1}",
        work.key().tenant(),
        why);
    dead.addAndGet(all.size());
    recovered(work.key());
    gone(new Work(work.chain(), all), all.size());
  }

  /** With whom it was about. */
  private void drop(Work work) {
    List<Logged> all = pending.all(work.chain());
    LOG.log(
        Level.WARNING,
        "Writes of {0} that were acknowledged are given up with the tenant: {1}",
        work.key().tenant(),
        all.size());
    dropped.addAndGet(all.size());
    recovered(work.key());
    gone(new Work(work.chain(), all), all.size());
  }
}
