package org.muster.storage.cached;

import java.time.Clock;
import org.muster.storage.StorageProvider;
import org.muster.storage.StorageProviderContract;
import org.muster.storage.jpa.TestDatabase;

/** The contract, kept with a cache over a database. */
class H2CachedStorageTest extends StorageProviderContract {
  @Override
  protected StorageProvider storage() {
    TestDatabase database = TestDatabase.h2();
    return database.transactional(
        new CachedStorage(
            database.storage(Clock.systemUTC()),
            TestCache.heap(),
            CachedStorage.Mode.INVALIDATE,
            database,
            () -> 0));
  }
}
