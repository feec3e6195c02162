package org.muster.storage.behind;

import java.time.Clock;
import org.muster.storage.StorageProvider;
import org.muster.storage.memory.MemoryStorage;

/** The contract, with writes that are pending in front of the heap. */
class MemoryBehindStorageTest extends BehindContract {
  @Override
  protected StorageProvider storage() {
    return made(
        () -> {
          MemoryStorage store = new MemoryStorage(Clock.systemUTC());
          return over(store, store::reserve);
        });
  }
}
