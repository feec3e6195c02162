package org.muster.projection.jpa;

import org.muster.projection.ActivityStore;
import org.muster.projection.ActivityStoreContract;
import org.muster.storage.jpa.TestDatabase;

/** The contract, kept on H2. */
class H2ActivityStoreTest extends ActivityStoreContract {

  @Override
  protected ActivityStore store() {
    return new TransactionPerMark(TestDatabase.h2());
  }
}
