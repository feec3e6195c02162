package org.muster.event.memory;

import org.muster.event.Checkpoints;
import org.muster.event.CheckpointsContract;
import org.muster.event.EventStore;
import org.muster.event.Sealing;

/** The contract, kept in the heap. */
class MemoryCheckpointsTest extends CheckpointsContract {
  private final EventStore events = new MemoryEventStore(Runnable::run, Sealing.NONE);
  private final Checkpoints checkpoints = new MemoryCheckpoints(events);

  @Override
  protected Checkpoints checkpoints() {
    return checkpoints;
  }

  @Override
  protected EventStore events() {
    return events;
  }
}
