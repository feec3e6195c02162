package org.muster.storage.sourced;

import java.time.Clock;
import java.util.List;
import java.util.Optional;
import org.muster.event.EventStore;
import org.muster.event.Sealing;
import org.muster.event.memory.MemoryEventStore;
import org.muster.event.projection.MemoryGenerations;
import org.muster.storage.StorageProvider;
import org.muster.storage.StorageProviderContract;
import org.muster.storage.memory.MemoryStorage;

/** The contract, kept by events in the heap; in the second generation, which is a copy. */
class MemorySourcedStorageTest extends StorageProviderContract {
  private final EventStore events = new MemoryEventStore(Runnable::run, Sealing.NONE);
  private final MemoryStorage store = new MemoryStorage(Clock.systemUTC());
  private final MemoryGenerations generations = new MemoryGenerations();
  private final StorageProvider storage =
      new EventSourcedStorage(
          new ModelStore(store, generations, List::of, store::eraseTold, store::counts),
          events,
          Optional.empty(),
          appended -> {});

  MemorySourcedStorageTest() {
    generations.use(1);
  }

  @Override
  protected StorageProvider storage() {
    return storage;
  }
}
