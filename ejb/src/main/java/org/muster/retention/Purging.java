package org.muster.retention;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.muster.kernel.TenantId;
import org.muster.storage.Batch;
import org.muster.storage.Change;
import org.muster.storage.StorageException;
import org.muster.storage.StorageProvider;
import org.muster.storage.Tombstone;
import org.muster.storage.TombstoneQuery;

/**
 * Removes the tombstones whose time is over, the oldest of a tenant first, in batches of at most
 * {@value #BATCH}, each a transaction of its own. A run ends after {@value #MOST} of them; the next
 * one goes on behind the tenant where it ended, so that no tenant waits for ever. A batch that a
 * restore has come before is made anew. For one thread at a time.
 */
public final class Purging {
  static final int BATCH = 1_000;
  static final int MOST = 200_000;
  private static final int TENANTS = 1_000;
  private static final int MOST_CONFLICTS = 5;

  private final StorageProvider storage;
  private final Consumer<Batch> commits;
  private final Tenants tenants;
  private final Retention retention;
  private final Clock clock;
  private Optional<TenantId> resumeAfter = Optional.empty();

  /**
   * A purger of a store.
   *
   * @param commits applies a batch in a transaction of its own, which is committed on return
   */
  public Purging(
      StorageProvider storage,
      Consumer<Batch> commits,
      Tenants tenants,
      Retention retention,
      Clock clock) {
    this.storage = storage;
    this.commits = commits;
    this.tenants = tenants;
    this.retention = retention;
    this.clock = clock;
  }

  /**
   * One run over all tenants.
   *
   * @param goesOn asked before each batch; the run ends when it says no
   * @throws StorageException if the store fails; what was purged before stays so
   */
  public Outcome run(BooleanSupplier goesOn) {
    Run run = new Run(goesOn);
    Optional<TenantId> start = resumeAfter;
    resumeAfter = Optional.empty();
    if (run.over(start, Optional.empty()) && start.isPresent()) {
      run.over(Optional.empty(), start);
    }
    return new Outcome(
        run.purged,
        run.complete,
        Optional.ofNullable(run.oldest).map(time -> Duration.between(time, clock.instant())));
  }

  /** The state of one run. */
  private final class Run {
    private final BooleanSupplier goesOn;
    private long purged;
    private boolean complete = true;
    private @Nullable Instant oldest;

    Run(BooleanSupplier goesOn) {
      this.goesOn = goesOn;
    }

    /** Purges the tenants behind one, up to and with another; false if it had to end. */
    boolean over(Optional<TenantId> after, Optional<TenantId> last) {
      Optional<TenantId> place = after;
      List<TenantId> page;
      do {
        page = tenants.page(place, TENANTS);
        for (TenantId tenant : page) {
          if (last.isPresent() && tenant.compareTo(last.get()) > 0) {
            return true;
          }
          if (!of(tenant)) {
            complete = false;
            resumeAfter = Optional.of(tenant);
            return false;
          }
          place = Optional.of(tenant);
        }
      } while (page.size() == TENANTS);
      return true;
    }

    /** Purges what is due of one tenant; false if it had to end before. */
    private boolean of(TenantId tenant) {
      Optional<Duration> kept = retention.of(tenant);
      if (kept.isEmpty()) {
        return true;
      }
      int conflicts = 0;
      while (purged < MOST && goesOn.getAsBoolean()) {
        Instant due = clock.instant().minus(kept.get());
        List<Tombstone> found = storage.tombstones(new TombstoneQuery.Oldest(tenant, BATCH));
        List<Tombstone> over = found.stream().filter(each -> !each.deleted().isAfter(due)).toList();
        if (over.isEmpty()) {
          found.stream().findFirst().ifPresent(this::sawOldest);
          return true;
        }
        if (purge(tenant, over)) {
          purged += over.size();
        } else if (++conflicts > MOST_CONFLICTS) {
          complete = false;
          sawOldest(over.get(0));
          return true;
        }
      }
      return false;
    }

    private void sawOldest(Tombstone tombstone) {
      if (oldest == null || tombstone.deleted().isBefore(oldest)) {
        oldest = tombstone.deleted();
      }
    }
  }

  private boolean purge(TenantId tenant, List<Tombstone> tombstones) {
    Batch.Builder batch = Batch.builder(tenant);
    tombstones.forEach(each -> batch.add(new Change.Purge(each.key(), each.version())));
    try {
      commits.accept(batch.build());
      return true;
    } catch (StorageException.Conflict e) {
      return false; // one of them was restored or purged meanwhile
    }
  }
}
