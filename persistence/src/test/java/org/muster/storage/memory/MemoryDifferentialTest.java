package org.muster.storage.memory;

import java.time.Clock;
import org.muster.storage.DifferentialTest;
import org.muster.storage.ForwardingStorage;
import org.muster.storage.Found;
import org.muster.storage.People;
import org.muster.storage.Query;
import org.muster.storage.StorageProvider;

/** Memory with its index against memory that judges every document. */
class MemoryDifferentialTest extends DifferentialTest {
  @Override
  protected StorageProvider subject(Clock clock) {
    return new WithoutIndex(new MemoryStorage(clock));
  }

  private static final class WithoutIndex extends ForwardingStorage {
    WithoutIndex(StorageProvider delegate) {
      super(delegate);
    }

    @Override
    public Found query(Query query) {
      return super.query(unindexed(query));
    }

    @Override
    public long count(Query query) {
      return super.count(unindexed(query));
    }

    private static Query unindexed(Query query) {
      return new Query(
          query.tenant(),
          query.collection(),
          People.unindexed(query.filter()),
          new Query.Order(People.unindexed(query.order().path()), query.order().descending()),
          query.page(),
          query.expand(),
          query.scanLimit());
    }
  }
}
