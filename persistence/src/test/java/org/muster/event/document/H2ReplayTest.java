package org.muster.event.document;

import java.time.Clock;
import org.muster.storage.ReplayContract;
import org.muster.storage.StorageProvider;
import org.muster.storage.jpa.TestDatabase;

/** Events into H2. */
class H2ReplayTest extends ReplayContract {
  private final StorageProvider target = TestDatabase.h2().transactional(Clock.systemUTC());

  @Override
  protected StorageProvider target() {
    return target;
  }
}
