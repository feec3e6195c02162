package org.muster.storage.behind;

import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.muster.kernel.TenantId;
import org.muster.storage.behind.log.LogEntry;
import org.muster.storage.behind.log.WriteLog;

/** Sees to it that the log has nothing of tenants that were erased. Thread-safe. */
final class Traces {
  private final WriteLog log;
  private final PendingWrites pending;

  /** Those of which the log has nothing. */
  private final Set<TenantId> gone = ConcurrentHashMap.newKeySet();

  /** What was dropped, and would be there again after a restart. */
  private final Set<Long> uncancelled = new HashSet<>();

  Traces(WriteLog log, PendingWrites pending) {
    this.log = log;
    this.pending = pending;
  }

  /** Something of a tenant is about to be logged; nothing of it is removed meanwhile. */
  void logged(TenantId tenant) {
    gone.remove(tenant);
  }

  /**
   * Removes what the log has of a tenant, of which nothing is pending any more; after a failure the
   * next call does it.
   *
   * @param dropped the numbers of what was pending until now
   * @throws java.io.UncheckedIOException if it can't be done
   */
  synchronized void remove(TenantId tenant, Collection<Long> dropped) {
    uncancelled.addAll(dropped);
    log.cancel(List.copyOf(uncancelled));
    uncancelled.clear();
    if (!gone.contains(tenant)) {
      log.rewrite(
          pending.all().stream()
              .map(each -> new LogEntry(each.number(), WriteCodec.encode(each.write())))
              .toList());
      gone.add(tenant);
    }
  }
}
