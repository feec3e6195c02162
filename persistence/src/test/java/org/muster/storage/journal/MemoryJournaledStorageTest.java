package org.muster.storage.journal;

import java.time.Clock;
import org.muster.event.Sealing;
import org.muster.event.memory.MemoryEventStore;
import org.muster.storage.StorageProvider;
import org.muster.storage.StorageProviderContract;
import org.muster.storage.memory.MemoryStorage;

/** The contract, kept with a journal over the heap. */
class MemoryJournaledStorageTest extends StorageProviderContract {
  private final StorageProvider storage =
      new JournaledStorage(
          new MemoryStorage(Clock.systemUTC()), new MemoryEventStore(Runnable::run, Sealing.NONE));

  @Override
  protected StorageProvider storage() {
    return storage;
  }
}
