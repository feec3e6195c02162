package org.muster.storage.jpa;

import java.time.Clock;
import org.muster.storage.StorageProvider;
import org.muster.storage.StorageProviderContract;

/** The contract, kept on H2. */
class H2StorageTest extends StorageProviderContract {
  private final StorageProvider storage = TestDatabase.h2().transactional(Clock.systemUTC());

  @Override
  protected StorageProvider storage() {
    return storage;
  }
}
