package org.muster.state.memory;

import java.time.Clock;
import org.muster.state.StateScanContract;
import org.muster.storage.StorageProvider;
import org.muster.storage.memory.MemoryStorage;

/** The scan over documents in memory. */
class MemoryScanTest extends StateScanContract {
  private final StorageProvider storage = new MemoryStorage(Clock.systemUTC());

  @Override
  protected StorageProvider storage() {
    return storage;
  }
}
