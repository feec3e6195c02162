package org.muster.tenant;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.transaction.Transactional;
import java.util.List;
import org.muster.caching.ApplicationCaches;
import org.muster.event.Checkpoints;
import org.muster.event.EventStore;
import org.muster.event.SnapshotStore;
import org.muster.event.seal.SubjectKeys;
import org.muster.kernel.TenantId;
import org.muster.projection.ActivityStore;
import org.muster.receiver.Receivers;
import org.muster.state.Roots;
import org.muster.storage.StorageProvider;

/** Where the steps of an erasure become transactions: one call, one transaction. */
@ApplicationScoped
class ErasingStep {
  /** Few enough that other writers do not wait for long. */
  private static final int ROWS = 2_000;

  @Inject private StorageProvider storage;
  @Inject private EventStore events;
  @Inject private Checkpoints checkpoints;
  @Inject private SnapshotStore snapshots;
  @Inject private SubjectKeys keys;
  @Inject private Receivers receivers;
  @Inject private Roots roots;
  @Inject private ActivityStore activity;
  @Inject private ApplicationCaches caches;

  /** Removes some of a tenant's data; returns how much, 0 at the end. */
  @Transactional(Transactional.TxType.REQUIRES_NEW)
  public long erase(TenantId tenant) {
    return new ErasedParts(
            List.of(
                storage::erase,
                events::erase,
                snapshots::erase,
                roots::erase,
                activity::erase,
                checkpoints::erase,
                receivers::erase,
                (id, most) -> caches.erase(id)),
            keys::erase)
        .erase(tenant, ROWS);
  }
}
