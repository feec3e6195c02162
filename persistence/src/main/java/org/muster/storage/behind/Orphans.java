package org.muster.storage.behind;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BiPredicate;
import org.muster.kernel.TenantId;
import org.muster.storage.behind.PendingWrites.Work;

/**
 * Finds what is pending of tenants that are not there any more: another node may have erased one
 * while this one could not write, and somebody else may have its id by now. Thread-safe.
 */
final class Orphans {
  /** What has waited for longer is asked for before the store is troubled with it. */
  static final Duration UNASKED = Duration.ofSeconds(10);

  private final BiPredicate<TenantId, Instant> served;
  private volatile long failedNanos = System.nanoTime();

  /**
   * Makes one.
   *
   * @param served whether a tenant is the one that was of that id at a time
   */
  Orphans(BiPredicate<TenantId, Instant> served) {
    this.served = served;
  }

  /** The store did not take something: all that is pending now waits for who knows how long. */
  void storeFailed() {
    failedNanos = System.nanoTime();
  }

  /** Those of them whose tenants are gone; each tenant is asked for once, if it is there. */
  List<Work> among(List<Work> works) {
    long now = System.nanoTime();
    List<Work> doubtful = works.stream().filter(work -> isDoubtful(first(work), now)).toList();
    Map<TenantId, Instant> earliest = earliest(doubtful);
    earliest.entrySet().removeIf(each -> served.test(each.getKey(), each.getValue()));
    List<Work> orphans = new ArrayList<>();
    for (Work work : doubtful) {
      TenantId tenant = work.key().tenant();
      if (earliest.containsKey(tenant) && !served.test(tenant, time(work))) {
        orphans.add(work);
      }
    }
    return orphans;
  }

  /**
   * Asks whether the tenants of all of them are there; once for each, in the transaction of the
   * caller.
   *
   * @throws Found if one is gone
   */
  void refuse(List<Work> works) {
    earliest(works).forEach(this::refuse);
  }

  /**
   * Asks whether a tenant is the one that was of that id at a time, likewise.
   *
   * @throws Found if it is not
   */
  void refuse(TenantId tenant, Instant time) {
    if (!served.test(tenant, time)) {
      throw new Found();
    }
  }

  /** Something is of a tenant that is not there any more. */
  static final class Found extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private Found() {
      super("The tenant is not there any more", null, false, false);
    }
  }

  private static Map<TenantId, Instant> earliest(List<Work> works) {
    Map<TenantId, Instant> earliest = new HashMap<>();
    for (Work work : works) {
      earliest.merge(work.key().tenant(), time(work), (a, b) -> a.isBefore(b) ? a : b);
    }
    return earliest;
  }

  private boolean isDoubtful(Logged first, long now) {
    return isInterrupted(first) || now - first.sinceNanos() > UNASKED.toNanos();
  }

  /** Whether it was pending when the store failed, or before the log was opened. */
  boolean isInterrupted(Work work) {
    return isInterrupted(first(work));
  }

  private boolean isInterrupted(Logged first) {
    return first.wasThere() || first.sinceNanos() - failedNanos <= 0;
  }

  private static Instant time(Work work) {
    return first(work).write().stored().modified();
  }

  private static Logged first(Work work) {
    return work.writes().get(0);
  }
}
