package org.muster.storage.sourced;

import java.time.Clock;
import java.util.List;
import java.util.Optional;
import org.muster.event.EventStore;
import org.muster.event.Sealing;
import org.muster.storage.JournalContract;
import org.muster.storage.StorageProvider;
import org.muster.storage.jpa.JpaStorage;
import org.muster.storage.jpa.TestDatabase;

/** What the events come to is what is decided on. */
class H2SourcedJournalTest extends JournalContract {
  @Override
  protected StorageProvider storage() {
    TestDatabase database = TestDatabase.h2();
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
    return TestDatabase.h2().events(Sealing.NONE);
  }
}
