package org.muster.storage.journal;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.time.Clock;
import org.junit.jupiter.api.BeforeAll;
import org.muster.event.Sealing;
import org.muster.storage.StorageProvider;
import org.muster.storage.StorageProviderContract;
import org.muster.storage.jpa.TestDatabase;

/** The contract, kept with a journal over the database. */
class PostgresJournaledStorageTest extends StorageProviderContract {
  @BeforeAll
  static void needsPostgres() {
    assumeTrue(TestDatabase.postgres().isPresent(), TestDatabase::whyNoPostgres);
  }

  @Override
  protected StorageProvider storage() {
    TestDatabase database = TestDatabase.postgres().orElseThrow();
    return database.transactional(
        database.journaled(Clock.systemUTC(), database.events(Sealing.NONE)));
  }
}
