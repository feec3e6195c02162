package org.muster.state.jpa;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import org.junit.jupiter.api.BeforeAll;
import org.muster.state.NodeStore;
import org.muster.state.StateTreeContract;
import org.muster.storage.jpa.TestDatabase;

/** The laws of state trees on PostgreSQL. */
class PostgresTreeTest extends StateTreeContract {
  @BeforeAll
  static void needsPostgres() {
    assumeTrue(TestDatabase.postgres().isPresent(), TestDatabase::whyNoPostgres);
  }

  @Override
  protected NodeStore nodes() {
    return new TransactionPerChange(TestDatabase.postgres().orElseThrow());
  }

  @Override
  protected int steps() {
    return 60;
  }
}
