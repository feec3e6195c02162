package org.muster.delivery.jms;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.muster.event.Position;
import org.muster.event.projection.Progress;
import org.muster.event.projection.ProjectionProgress;
import org.muster.event.projection.Unit;
import org.muster.storage.StorageException;

/**
 * The progress of a projection whose steps wait for others: no transaction is open meanwhile, since
 * that would hold up who writes. Which node it is on is said by its version: who has kept it last
 * has it until that was a lease ago, be it done or not. Thread-safe.
 */
final class LeasedProgress implements ProjectionProgress {
  private final ProjectionProgress delegate;
  private final Unit transactions;
  private final Duration lease;
  private final Clock clock;

  /** The version that this node has kept last. */
  private long mine;

  /** The version of what was handed out for a step, which may have been renewed since. */
  private long handed;

  private Optional<Progress> claimed = Optional.empty();

  /**
   * A leased progress.
   *
   * @param delegate takes part in the caller's transaction
   * @param transactions short ones, one for each call
   * @param lease after which another node may go on
   */
  LeasedProgress(ProjectionProgress delegate, Unit transactions, Duration lease, Clock clock) {
    this.delegate = delegate;
    this.transactions = transactions;
    this.lease = lease;
    this.clock = clock;
  }

  /** Begins at a position if it has never begun. */
  synchronized void begin(String name, Position position) {
    if (delegate.find(name).isPresent()) {
      return;
    }
    Instant now = clock.instant();
    transactions
        .<Optional<Progress>>run(
            () ->
                delegate
                    .take(name, true, now)
                    .filter(taken -> taken.version() == Progress.begun(name, now).version())
                    .map(taken -> delegate.save(taken.at(position, 0, now))))
        .ifPresent(begun -> mine = begun.version());
  }

  @Override
  public Optional<Progress> find(String name) {
    return delegate.find(name);
  }

  @Override
  public synchronized Optional<Progress> take(String name, boolean patient, Instant now) {
    Optional<Progress> taken =
        transactions.run(
            () -> {
              Optional<Progress> found = delegate.take(name, patient, now);
              return patient ? found : found.filter(each -> isFree(each, now)).map(this::renewed);
            });
    if (!patient) {
      claimed = taken;
      handed = taken.map(Progress::version).orElse(0L);
      mine = taken.map(Progress::version).orElse(mine);
    }
    return taken;
  }

  private boolean isFree(Progress progress, Instant now) {
    return progress.version() == mine || !progress.updated().plus(lease).isAfter(now);
  }

  private Progress renewed(Progress progress) {
    Instant now = clock.instant();
    return delegate.save(
        progress
            .error()
            .map(error -> progress.failed(error, now))
            .orElseGet(() -> progress.at(progress.position(), 0, now)));
  }

  /** Whether the step may go on; keeps others away while it takes long. */
  synchronized boolean isMine() {
    if (claimed.isEmpty()) {
      return false;
    }
    Progress progress = claimed.get();
    if (clock.instant().isBefore(progress.updated().plus(lease.dividedBy(3)))) {
      return true;
    }
    try {
      Progress kept = transactions.run(() -> renewed(progress));
      claimed = Optional.of(kept);
      mine = kept.version();
      return true;
    } catch (StorageException.Conflict e) {
      claimed = Optional.empty();
      return false;
    }
  }

  @Override
  public synchronized Progress save(Progress changed) {
    long version =
        changed.version() == handed
            ? claimed.map(Progress::version).orElse(handed)
            : changed.version();
    claimed = Optional.empty();
    Progress saved = transactions.run(() -> delegate.save(changed.version(version)));
    mine = saved.version();
    return saved;
  }
}
