package org.muster.storage.journal;

import java.util.List;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import org.muster.event.Append;
import org.muster.event.EventStore;
import org.muster.event.document.DocumentEvents;
import org.muster.event.jpa.JpaEventStore;
import org.muster.monitor.Calls;
import org.muster.monitor.Outcome;
import org.muster.sql.Companion;
import org.muster.sql.Script;
import org.muster.storage.Applied;
import org.muster.storage.Batch;

/**
 * The journal of documents that are in the same database as the events: as {@link
 * JournaledStorage}, but that the events of a batch go with its own statements where they can.
 */
public final class JpaJournal implements Companion {
  private final EventStore events;
  private final JpaEventStore riding;
  private final Calls calls;

  /**
   * A journal.
   *
   * @param events takes what does not go with a batch
   * @param riding the same, in the database
   * @param calls watches what goes with a batch, as an {@code append} that takes as long as what is
   *     left of it when the batch has run; refused if it has to be appended by itself after all
   */
  public JpaJournal(EventStore events, JpaEventStore riding, Calls calls) {
    this.events = events;
    this.riding = riding;
    this.calls = calls;
  }

  @Override
  public Optional<BooleanSupplier> ride(Batch batch, Applied expected, Script script) {
    List<Append> appends = appends(batch, expected);
    return appends.isEmpty() || !riding.canRide()
        ? Optional.empty()
        : riding.ride(appends, script).map(rest -> () -> isAppended(batch, rest));
  }

  private boolean isAppended(Batch batch, BooleanSupplier rest) {
    return calls.call(
        "append",
        batch.tenant(),
        done -> done ? Outcome.OK : Outcome.REFUSED,
        () -> rest.getAsBoolean());
  }

  @Override
  public void follow(Batch batch, Applied applied) {
    List<Append> appends = appends(batch, applied);
    if (!appends.isEmpty()) {
      events.append(appends);
    }
  }

  private static List<Append> appends(Batch batch, Applied applied) {
    return DocumentEvents.of(batch, applied, JournaledStorage::isTold);
  }
}
