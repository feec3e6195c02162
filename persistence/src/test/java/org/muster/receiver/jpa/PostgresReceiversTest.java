package org.muster.receiver.jpa;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import org.junit.jupiter.api.BeforeAll;
import org.muster.storage.jpa.TestDatabase;

/** The contract, kept in PostgreSQL. */
class PostgresReceiversTest extends JpaReceiversContract {
  @BeforeAll
  static void needsPostgres() {
    assumeTrue(TestDatabase.postgres().isPresent(), TestDatabase::whyNoPostgres);
  }

  @Override
  TestDatabase database() {
    return TestDatabase.postgres().orElseThrow();
  }
}
