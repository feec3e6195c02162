package org.muster.storage.cached;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.time.Clock;
import org.junit.jupiter.api.BeforeAll;
import org.muster.storage.StorageProvider;
import org.muster.storage.StorageProviderContract;
import org.muster.storage.jpa.TestDatabase;

/** The contract, kept with a cache over a database. */
class PostgresCachedStorageTest extends StorageProviderContract {
  @BeforeAll
  static void needsPostgres() {
    assumeTrue(TestDatabase.postgres().isPresent(), TestDatabase::whyNoPostgres);
  }

  @Override
  protected StorageProvider storage() {
    TestDatabase database = TestDatabase.postgres().orElseThrow();
    return database.transactional(
        new CachedStorage(
            database.storage(Clock.systemUTC()),
            TestCache.heap(),
            CachedStorage.Mode.INVALIDATE,
            database,
            () -> 0));
  }
}
