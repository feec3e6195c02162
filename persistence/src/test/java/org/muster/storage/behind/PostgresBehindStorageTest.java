package org.muster.storage.behind;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import org.junit.jupiter.api.BeforeAll;
import org.muster.storage.StorageProvider;
import org.muster.storage.jpa.TestDatabase;

/** The contract, with writes that are pending in front of PostgreSQL. */
class PostgresBehindStorageTest extends BehindContract {
  @BeforeAll
  static void needsPostgres() {
    assumeTrue(TestDatabase.postgres().isPresent(), TestDatabase::whyNoPostgres);
  }

  @Override
  protected StorageProvider storage() {
    return made(() -> over(TestDatabase.postgres().orElseThrow()));
  }
}
