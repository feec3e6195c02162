package org.muster.storage.memory;

import java.time.Clock;
import org.muster.storage.DifferentialTest;
import org.muster.storage.StorageProvider;

/** Memory against memory: proves the generator and the comparison themselves. */
class MemoryDifferentialTest extends DifferentialTest {
  @Override
  protected StorageProvider subject(Clock clock) {
    return new MemoryStorage(clock);
  }
}
