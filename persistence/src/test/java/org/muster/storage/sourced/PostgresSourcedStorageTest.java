package org.muster.storage.sourced;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.time.Clock;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeAll;
import org.muster.event.Sealing;
import org.muster.storage.StorageProvider;
import org.muster.storage.StorageProviderContract;
import org.muster.storage.jpa.JpaStorage;
import org.muster.storage.jpa.TestDatabase;

/** The contract, kept by events and the model of them in one transaction. */
class PostgresSourcedStorageTest extends StorageProviderContract {
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
            database.events(Sealing.NONE),
            Optional.empty(),
            appended -> {}));
  }
}
