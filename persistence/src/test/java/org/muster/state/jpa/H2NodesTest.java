package org.muster.state.jpa;

import org.muster.state.NodeStore;
import org.muster.state.NodeStoreContract;
import org.muster.storage.jpa.TestDatabase;

/** The contract, kept on H2. */
class H2NodesTest extends NodeStoreContract {

  @Override
  protected NodeStore nodes() {
    return new TransactionPerChange(TestDatabase.h2());
  }
}
