package org.muster.storage.jpa;

import java.time.Clock;
import org.muster.storage.DifferentialTest;
import org.muster.storage.StorageProvider;

/** H2 against memory. */
class H2DifferentialTest extends DifferentialTest {
  @Override
  protected StorageProvider subject(Clock clock) {
    return TestDatabase.h2().transactional(clock);
  }
}
