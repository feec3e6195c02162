package org.muster.event.document;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.time.Clock;
import org.junit.jupiter.api.BeforeAll;
import org.muster.storage.ReplayContract;
import org.muster.storage.StorageProvider;
import org.muster.storage.jpa.TestDatabase;

/** Events into PostgreSQL. */
class PostgresReplayTest extends ReplayContract {
  @BeforeAll
  static void needsPostgres() {
    assumeTrue(TestDatabase.postgres().isPresent(), TestDatabase::whyNoPostgres);
  }

  @Override
  protected StorageProvider target() {
    return TestDatabase.postgres().orElseThrow().transactional(Clock.systemUTC());
  }
}
