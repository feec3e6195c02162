package org.muster.event.document;

import java.time.Clock;
import org.muster.storage.ReplayContract;
import org.muster.storage.StorageProvider;
import org.muster.storage.memory.MemoryStorage;

/** Events into the heap. */
class MemoryReplayTest extends ReplayContract {
  private final StorageProvider target = new MemoryStorage(Clock.systemUTC());

  @Override
  protected StorageProvider target() {
    return target;
  }
}
