package org.muster.storage.journal;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.time.Clock;
import org.junit.jupiter.api.BeforeAll;
import org.muster.event.jpa.JpaEventStore;
import org.muster.event.seal.KeyWrapping;
import org.muster.event.seal.KeyedSealing;
import org.muster.storage.JournalContract;
import org.muster.storage.StorageProvider;
import org.muster.storage.jpa.TestDatabase;

/** Documents and events in one transaction. */
class PostgresJournalTest extends JournalContract {
  @BeforeAll
  static void needsPostgres() {
    assumeTrue(TestDatabase.postgres().isPresent(), TestDatabase::whyNoPostgres);
  }

  @Override
  protected StorageProvider storage() {
    TestDatabase database = TestDatabase.postgres().orElseThrow();
    return database.transactional(database.journaled(Clock.systemUTC(), events()));
  }

  @Override
  protected JpaEventStore events() {
    TestDatabase database = TestDatabase.postgres().orElseThrow();
    return database.events(new KeyedSealing(database.keys(KeyWrapping.NONE), true));
  }
}
