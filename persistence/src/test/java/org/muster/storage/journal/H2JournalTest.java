package org.muster.storage.journal;

import java.time.Clock;
import org.muster.event.EventStore;
import org.muster.event.Sealing;
import org.muster.storage.JournalContract;
import org.muster.storage.StorageProvider;
import org.muster.storage.jpa.TestDatabase;

/** Documents and events in one transaction. */
class H2JournalTest extends JournalContract {
  @Override
  protected StorageProvider storage() {
    TestDatabase database = TestDatabase.h2();
    return database.transactional(
        new JournaledStorage(database.storage(Clock.systemUTC()), events()));
  }

  @Override
  protected EventStore events() {
    return TestDatabase.h2().events(Sealing.NONE);
  }
}
