package org.muster.storage.journal;

import org.muster.storage.jpa.TestDatabase;

/** The contract, kept in H2. */
class H2JpaJournalTest extends JpaJournalContract {
  @Override
  TestDatabase database() {
    return TestDatabase.h2();
  }

  /** The document, its count, the search for the key, the key, the event. */
  @Override
  int roundTrips() {
    return 6;
  }

  /** One for each statement of the document, the search for the key, and the event. */
  @Override
  int roundTripsOfChange() {
    return 5;
  }
}
