package org.muster.storage.jpa;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.time.Clock;
import org.junit.jupiter.api.BeforeAll;
import org.muster.storage.DifferentialTest;
import org.muster.storage.StorageProvider;

/** PostgreSQL against memory. */
class PostgresDifferentialTest extends DifferentialTest {
  @BeforeAll
  static void needsPostgres() {
    assumeTrue(TestDatabase.postgres().isPresent(), PostgresServer::reason);
  }

  @Override
  protected StorageProvider subject(Clock clock) {
    return TestDatabase.postgres().orElseThrow().transactional(clock);
  }
}
