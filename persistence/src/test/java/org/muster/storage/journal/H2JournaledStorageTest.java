package org.muster.storage.journal;

import java.time.Clock;
import org.muster.event.Sealing;
import org.muster.storage.StorageProvider;
import org.muster.storage.StorageProviderContract;
import org.muster.storage.jpa.TestDatabase;

/** The contract, kept with a journal over the database. */
class H2JournaledStorageTest extends StorageProviderContract {
  @Override
  protected StorageProvider storage() {
    TestDatabase database = TestDatabase.h2();
    return database.transactional(
        database.journaled(Clock.systemUTC(), database.events(Sealing.NONE)));
  }
}
