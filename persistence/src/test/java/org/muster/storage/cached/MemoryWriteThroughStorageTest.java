package org.muster.storage.cached;

import java.time.Clock;
import org.muster.sql.Transactions;
import org.muster.storage.StorageProvider;
import org.muster.storage.StorageProviderContract;
import org.muster.storage.memory.MemoryStorage;

/** The contract, kept with a cache that is written through, over the heap. */
class MemoryWriteThroughStorageTest extends StorageProviderContract {
  private final StorageProvider storage = made();

  private static StorageProvider made() {
    return new CachedStorage(
        new MemoryStorage(Clock.systemUTC()),
        TestCache.heap(),
        CachedStorage.Mode.WRITE_THROUGH,
        Transactions.NONE,
        () -> 0);
  }

  @Override
  protected StorageProvider storage() {
    return storage;
  }
}
