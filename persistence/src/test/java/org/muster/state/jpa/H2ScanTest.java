package org.muster.state.jpa;

import java.time.Clock;
import org.muster.state.StateScanContract;
import org.muster.storage.StorageProvider;
import org.muster.storage.jpa.TestDatabase;

/** The scan over documents in H2. */
class H2ScanTest extends StateScanContract {

  @Override
  protected StorageProvider storage() {
    return TestDatabase.h2().transactional(Clock.systemUTC());
  }
}
