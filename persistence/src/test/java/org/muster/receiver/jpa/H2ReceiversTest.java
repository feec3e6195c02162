package org.muster.receiver.jpa;

import org.muster.storage.jpa.TestDatabase;

/** The contract, kept in H2. */
class H2ReceiversTest extends JpaReceiversContract {
  @Override
  TestDatabase database() {
    return TestDatabase.h2();
  }
}
