package org.muster.storage.behind;

import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.BooleanSupplier;
import org.muster.event.projection.Unit;
import org.muster.kernel.Precondition;
import org.muster.kernel.TenantId;
import org.muster.storage.Batch;
import org.muster.storage.DeadWrite;
import org.muster.storage.StorageProvider;
import org.muster.storage.Stored;

/** What is done to a dead letter, by one at a time. Thread-safe. */
final class Retrying {
  private final StorageProvider store;
  private final Unit unit;
  private final Turns turns;
  private final Letters letters;
  private final Orphans orphans;
  private final AtomicLong dropped;
  private final Set<Long> inWork = ConcurrentHashMap.newKeySet();

  /**
   * Makes one.
   *
   * @param orphans knows which tenants are gone
   * @param dropped counts writes that are given up with their tenants
   */
  Retrying(
      StorageProvider store,
      Unit unit,
      Turns turns,
      Letters letters,
      Orphans orphans,
      AtomicLong dropped) {
    this.store = store;
    this.unit = unit;
    this.turns = turns;
    this.letters = letters;
    this.orphans = orphans;
    this.dropped = dropped;
  }

  /** Has the store do it, or gives it up if its tenant is gone; whether the store has it. */
  boolean retry(long id, boolean overwrite) {
    return alone(
        id, () -> letters.open(id).map(opened -> isWritten(opened, overwrite)).orElse(false));
  }

  private boolean isWritten(Letters.Opened opened, boolean overwrite) {
    DeadWrite letter = opened.letter();
    boolean isWritten = true;
    try {
      write(opened, overwrite);
    } catch (Orphans.Found e) {
      dropped.addAndGet(letter.writes());
      isWritten = false;
    }
    letters.remove(letter.id());
    return isWritten;
  }

  private void write(Letters.Opened opened, boolean overwrite) {
    TenantId tenant = opened.letter().key().tenant();
    Instant time = opened.writes().get(0).stored().modified();
    orphans.refuse(tenant, time);
    turns.goThrough(tenant);
    try {
      unit.run(
          () -> {
            steps(opened, overwrite).forEach(store::apply);
            orphans.refuse(tenant, time); // last, so that there is no time left for an erasure
            return Boolean.TRUE;
          });
    } finally {
      turns.leave(tenant);
    }
  }

  private List<Batch> steps(Letters.Opened opened, boolean overwrite) {
    List<PendingWrite> writes = opened.writes();
    if (!overwrite) {
      return writes.stream().map(PendingWrite::batch).toList();
    }
    PendingWrite last = writes.get(writes.size() - 1);
    Precondition now =
        store
            .get(last.key(), List.of())
            .map(Stored::version)
            .<Precondition>map(Precondition.At::new)
            .orElseGet(Precondition.Absent::new);
    return List.of(Batch.put(last.put(), now).from(last.origin()));
  }

  /** Gives it up; whether there was one. */
  boolean discard(long id) {
    return alone(id, () -> letters.remove(id));
  }

  private boolean alone(long id, BooleanSupplier work) {
    if (!inWork.add(id)) {
      throw new DeadWrite.InWork();
    }
    try {
      return work.getAsBoolean();
    } finally {
      inWork.remove(id);
    }
  }
}
