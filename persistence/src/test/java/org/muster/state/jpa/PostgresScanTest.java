package org.muster.state.jpa;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.time.Clock;
import org.junit.jupiter.api.BeforeAll;
import org.muster.state.StateScanContract;
import org.muster.storage.StorageProvider;
import org.muster.storage.jpa.TestDatabase;

/** The scan over documents in PostgreSQL. */
class PostgresScanTest extends StateScanContract {
  @BeforeAll
  static void needsPostgres() {
    assumeTrue(TestDatabase.postgres().isPresent(), TestDatabase::whyNoPostgres);
  }

  @Override
  protected StorageProvider storage() {
    return TestDatabase.postgres().orElseThrow().transactional(Clock.systemUTC());
  }
}
