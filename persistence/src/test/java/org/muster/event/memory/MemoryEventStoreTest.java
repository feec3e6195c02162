package org.muster.event.memory;

import org.muster.event.EventStore;
import org.muster.event.EventStoreContract;
import org.muster.event.Sealing;

/** The contract, kept in the heap. */
class MemoryEventStoreTest extends EventStoreContract {
  private final EventStore store =
      new MemoryEventStore(runnable -> new Thread(runnable).start(), Sealing.NONE);

  @Override
  protected EventStore store() {
    return store;
  }
}
