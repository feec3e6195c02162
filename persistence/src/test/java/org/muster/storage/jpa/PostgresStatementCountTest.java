package org.muster.storage.jpa;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import org.junit.jupiter.api.BeforeAll;

/** How many statements PostgreSQL is sent. */
class PostgresStatementCountTest extends StatementCountContract {
  @BeforeAll
  static void needsPostgres() {
    assumeTrue(TestDatabase.postgres().isPresent(), PostgresServer::reason);
  }

  @Override
  TestDatabase database() {
    return TestDatabase.postgres().orElseThrow();
  }
}
