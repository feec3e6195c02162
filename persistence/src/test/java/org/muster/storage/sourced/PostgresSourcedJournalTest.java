package org.muster.storage.sourced;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.time.Clock;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeAll;
import org.muster.event.EventStore;
import org.muster.event.Sealing;
import org.muster.storage.JournalContract;
import org.muster.storage.StorageProvider;
import org.muster.storage.jpa.JpaStorage;
import org.muster.storage.jpa.TestDatabase;

/** What the events come to is what is decided on. */
class PostgresSourcedJournalTest extends JournalContract {
  @BeforeAll
  static void needsPostgres() {
    assumeTrue(TestDatabase.postgres().isPresent(), TestDatabase::whyNoPostgres);
  }

  @Override
  protected StorageProvider storage() {
    TestDatabase database = TestDatabase.postgres().orElseThrow();
    JpaStorage store = database.storage(Clock.systemUTC());
    return database.transactional(
        new EventSourcedStorage(
            new ModelStore(
                store, database.generations(), List::of, store::eraseTold, store::counts),
            events(),
            Optional.empty(),
            appended -> {}));
  }

  @Override
  protected EventStore events() {
    return TestDatabase.postgres().orElseThrow().events(Sealing.NONE);
  }
}
