package org.muster.storage.memory;

import java.time.Clock;
import org.muster.storage.StorageProvider;
import org.muster.storage.StorageProviderContract;

/** The contract, kept by {@link MemoryStorage}. */
class MemoryStorageTest extends StorageProviderContract {
  private final MemoryStorage storage = new MemoryStorage(Clock.systemUTC());

  @Override
  protected StorageProvider storage() {
    return storage;
  }
}
