package org.muster.storage.cached;

import java.time.Clock;
import java.util.List;
import org.muster.sql.Transactions;
import org.muster.storage.StorageProvider;
import org.muster.storage.StorageProviderContract;
import org.muster.storage.memory.MemoryStorage;

/** The contract, kept by three nodes over one store, the caches of which share level 2. */
class NodesCachedStorageTest extends StorageProviderContract {
  private final StorageProvider storage = made();

  private static StorageProvider made() {
    StorageProvider store = new MemoryStorage(Clock.systemUTC());
    List<CachedStorage> nodes =
        TestCache.shared(3).stream()
            .map(
                cache ->
                    new CachedStorage(
                        store, cache, CachedStorage.Mode.INVALIDATE, Transactions.NONE, () -> 0))
            .toList();
    return new Alternating(nodes);
  }

  @Override
  protected StorageProvider storage() {
    return storage;
  }
}
