package org.muster.projection.jpa;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import org.junit.jupiter.api.BeforeAll;
import org.muster.projection.ActivityStore;
import org.muster.projection.ActivityStoreContract;
import org.muster.storage.jpa.TestDatabase;

/** The contract, kept on PostgreSQL. */
class PostgresActivityStoreTest extends ActivityStoreContract {
  @BeforeAll
  static void needsPostgres() {
    assumeTrue(TestDatabase.postgres().isPresent(), TestDatabase::whyNoPostgres);
  }

  @Override
  protected ActivityStore store() {
    return new TransactionPerMark(TestDatabase.postgres().orElseThrow());
  }
}
