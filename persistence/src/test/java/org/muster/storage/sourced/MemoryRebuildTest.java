package org.muster.storage.sourced;

import java.time.Clock;
import java.util.Optional;
import org.muster.event.EventStore;
import org.muster.event.Sealing;
import org.muster.event.memory.MemoryEventStore;
import org.muster.event.projection.Generations;
import org.muster.event.projection.MemoryGenerations;
import org.muster.event.projection.MemoryProgress;
import org.muster.event.projection.ProjectionProgress;
import org.muster.event.projection.Unit;
import org.muster.storage.StorageProvider;
import org.muster.storage.memory.MemoryStorage;

/** Events and documents in the heap. */
class MemoryRebuildTest extends RebuildContract {
  private final EventStore events = new MemoryEventStore(Runnable::run, Sealing.NONE);
  private final MemoryStorage store = new MemoryStorage(Clock.systemUTC());
  private final Generations generations = new MemoryGenerations();
  private final ProjectionProgress progress = new MemoryProgress();
  private final EventSourcedStorage sourced =
      new EventSourcedStorage(
          new ModelStore(store, generations, this::tenants, store::eraseTold, store::counts),
          events,
          Optional.empty(),
          appended -> {});

  @Override
  protected StorageProvider storage() {
    return sourced;
  }

  @Override
  protected EventSourcedStorage sourced() {
    return sourced;
  }

  @Override
  protected StorageProvider backEnd() {
    return store;
  }

  @Override
  protected EventStore events() {
    return events;
  }

  @Override
  protected Generations generations() {
    return generations;
  }

  @Override
  protected ProjectionProgress progress() {
    return progress;
  }

  @Override
  protected Unit transactions() {
    return Unit.NONE;
  }
}
