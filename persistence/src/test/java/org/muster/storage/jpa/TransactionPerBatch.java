package org.muster.storage.jpa;

import org.muster.kernel.TenantId;
import org.muster.storage.Applied;
import org.muster.storage.Batch;
import org.muster.storage.ForwardingStorage;
import org.muster.storage.StorageProvider;

/** Applies each batch in a transaction of its own. */
final class TransactionPerBatch extends ForwardingStorage {
  private final TestDatabase database;

  TransactionPerBatch(StorageProvider delegate, TestDatabase database) {
    super(delegate);
    this.database = database;
  }

  @Override
  public Applied apply(Batch batch) {
    return database.inTransaction(() -> super.apply(batch));
  }

  @Override
  public long erase(TenantId tenant, int most) {
    return database.inTransaction(() -> super.erase(tenant, most));
  }
}
