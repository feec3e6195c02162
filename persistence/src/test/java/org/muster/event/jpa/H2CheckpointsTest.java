package org.muster.event.jpa;

import org.muster.storage.jpa.TestDatabase;

/** The contract, kept in H2. */
class H2CheckpointsTest extends JpaCheckpointsContract {
  @Override
  TestDatabase database() {
    return TestDatabase.h2();
  }
}
