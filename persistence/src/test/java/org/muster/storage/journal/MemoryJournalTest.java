package org.muster.storage.journal;

import java.time.Clock;
import org.muster.event.EventStore;
import org.muster.event.Sealing;
import org.muster.event.memory.MemoryEventStore;
import org.muster.storage.JournalContract;
import org.muster.storage.StorageProvider;
import org.muster.storage.memory.MemoryStorage;

/** Documents and events in the heap. */
class MemoryJournalTest extends JournalContract {
  private final EventStore events = new MemoryEventStore(Runnable::run, Sealing.NONE);
  private final StorageProvider storage =
      new JournaledStorage(new MemoryStorage(Clock.systemUTC()), events);

  @Override
  protected StorageProvider storage() {
    return storage;
  }

  @Override
  protected EventStore events() {
    return events;
  }
}
