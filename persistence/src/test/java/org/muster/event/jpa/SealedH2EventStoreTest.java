package org.muster.event.jpa;

import org.muster.storage.jpa.TestDatabase;

/** The contract, kept in H2. */
class SealedH2EventStoreTest extends SealedJpaEventStoreContract {
  @Override
  TestDatabase database() {
    return TestDatabase.h2();
  }
}
