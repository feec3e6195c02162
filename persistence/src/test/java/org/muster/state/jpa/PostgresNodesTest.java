package org.muster.state.jpa;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import org.junit.jupiter.api.BeforeAll;
import org.muster.state.NodeStore;
import org.muster.state.NodeStoreContract;
import org.muster.storage.jpa.TestDatabase;

/** The contract, kept on PostgreSQL. */
class PostgresNodesTest extends NodeStoreContract {
  @BeforeAll
  static void needsPostgres() {
    assumeTrue(TestDatabase.postgres().isPresent(), TestDatabase::whyNoPostgres);
  }

  @Override
  protected NodeStore nodes() {
    return new TransactionPerChange(TestDatabase.postgres().orElseThrow());
  }
}
