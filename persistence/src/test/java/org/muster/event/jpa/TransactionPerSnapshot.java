package org.muster.event.jpa;

import java.util.Optional;
import org.muster.event.Snapshot;
import org.muster.event.SnapshotStore;
import org.muster.kernel.TenantId;
import org.muster.storage.StorageKey;
import org.muster.storage.jpa.TestDatabase;

/** Writes in a transaction of its own each time. */
record TransactionPerSnapshot(SnapshotStore delegate, TestDatabase database)
    implements SnapshotStore {
  @Override
  public Optional<Snapshot> latest(StorageKey stream, long number) {
    return delegate.latest(stream, number);
  }

  @Override
  public void save(Snapshot snapshot) {
    database.inTransaction(
        () -> {
          delegate.save(snapshot);
          return true;
        });
  }

  @Override
  public void discard(StorageKey stream) {
    database.inTransaction(
        () -> {
          delegate.discard(stream);
          return true;
        });
  }

  @Override
  public long erase(TenantId tenant, int most) {
    return database.inTransaction(() -> delegate.erase(tenant, most));
  }
}
