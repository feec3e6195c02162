package org.muster.storage.sourced;

import java.time.Clock;
import java.util.List;
import java.util.Optional;
import org.muster.event.Sealing;
import org.muster.storage.StorageProvider;
import org.muster.storage.StorageProviderContract;
import org.muster.storage.jpa.JpaStorage;
import org.muster.storage.jpa.TestDatabase;

/** The contract, kept by events and the model of them in one transaction. */
class H2SourcedStorageTest extends StorageProviderContract {
  @Override
  protected StorageProvider storage() {
    TestDatabase database = TestDatabase.h2();
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
