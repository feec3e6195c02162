package org.muster.event.jpa;

import org.muster.storage.jpa.TestDatabase;

/** The contract, kept in H2. */
class H2SubjectKeysTest extends JpaSubjectKeysContract {
  @Override
  TestDatabase database() {
    return TestDatabase.h2();
  }

  @Override
  boolean insertsApart() {
    return true;
  }
}
