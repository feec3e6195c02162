package org.muster.storage.journal;

import java.time.Clock;
import org.muster.event.jpa.JpaEventStore;
import org.muster.event.seal.KeyWrapping;
import org.muster.event.seal.KeyedSealing;
import org.muster.storage.JournalContract;
import org.muster.storage.StorageProvider;
import org.muster.storage.jpa.TestDatabase;

/** Documents and events in one transaction. */
class H2JournalTest extends JournalContract {
  @Override
  protected StorageProvider storage() {
    TestDatabase database = TestDatabase.h2();
    return database.transactional(database.journaled(Clock.systemUTC(), events()));
  }

  @Override
  protected JpaEventStore events() {
    TestDatabase database = TestDatabase.h2();
    return database.events(new KeyedSealing(database.keys(KeyWrapping.NONE), true));
  }
}
