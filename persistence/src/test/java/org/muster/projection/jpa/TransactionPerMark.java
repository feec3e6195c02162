package org.muster.projection.jpa;

import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import org.muster.kernel.TenantId;
import org.muster.projection.Activity;
import org.muster.projection.ActivityCount;
import org.muster.projection.ActivityMark;
import org.muster.projection.ActivityQuery;
import org.muster.projection.ActivityStore;
import org.muster.storage.StorageKey;
import org.muster.storage.jpa.TestDatabase;

/** Activity in a database, with a transaction of its own around whatever needs one. */
final class TransactionPerMark implements ActivityStore {
  private final TestDatabase database;
  private final ActivityStore delegate;

  TransactionPerMark(TestDatabase database) {
    this.database = database;
    this.delegate = database.activity();
  }

  @Override
  public void mark(Map<StorageKey, ActivityMark> marks) {
    database.inTransaction(
        () -> {
          delegate.mark(marks);
          return true;
        });
  }

  @Override
  public SortedMap<String, ActivityCount> counts(TenantId tenant) {
    return delegate.counts(tenant);
  }

  @Override
  public List<Activity> page(ActivityQuery query) {
    return delegate.page(query);
  }

  @Override
  public long clear(int most) {
    return database.inTransaction(() -> delegate.clear(most));
  }

  @Override
  public long erase(TenantId tenant, int most) {
    return database.inTransaction(() -> delegate.erase(tenant, most));
  }
}
