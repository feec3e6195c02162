package org.muster.event.memory;

import org.muster.event.EventStore;
import org.muster.event.SealedEventStoreContract;
import org.muster.event.Sealing;
import org.muster.event.seal.SubjectKeys;

/** The contract, kept in the heap with sealed events. */
class SealedMemoryEventStoreTest extends SealedEventStoreContract {
  private final SubjectKeys keys = new MemorySubjectKeys();
  private final SwitchedSealing switched = new SwitchedSealing();
  private final EventStore store =
      new MemoryEventStore(runnable -> new Thread(runnable).start(), switched);

  @Override
  protected EventStore store(Sealing sealing) {
    switched.use(sealing);
    return store;
  }

  @Override
  protected SubjectKeys keys() {
    return keys;
  }
}
