package org.muster.storage.journal;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import org.junit.jupiter.api.BeforeAll;
import org.muster.storage.jpa.TestDatabase;

/** The contract, kept in PostgreSQL, which takes several statements at once. */
class PostgresJpaJournalTest extends JpaJournalContract {
  @BeforeAll
  static void needsPostgres() {
    assumeTrue(TestDatabase.postgres().isPresent(), TestDatabase::whyNoPostgres);
  }

  @Override
  TestDatabase database() {
    return TestDatabase.postgres().orElseThrow();
  }

  @Override
  int roundTrips() {
    return 1;
  }

  @Override
  int roundTripsOfChange() {
    return 2;
  }
}
