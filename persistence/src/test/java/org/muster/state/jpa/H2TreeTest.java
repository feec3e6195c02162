package org.muster.state.jpa;

import org.muster.state.NodeStore;
import org.muster.state.StateTreeContract;
import org.muster.storage.jpa.TestDatabase;

/** The laws of state trees on H2. */
class H2TreeTest extends StateTreeContract {

  @Override
  protected NodeStore nodes() {
    return new TransactionPerChange(TestDatabase.h2());
  }

  @Override
  protected int steps() {
    return 60;
  }
}
