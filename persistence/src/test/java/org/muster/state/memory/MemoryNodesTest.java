package org.muster.state.memory;

import org.muster.state.NodeStore;
import org.muster.state.NodeStoreContract;

/** The contract, kept by {@link MemoryNodes}. */
class MemoryNodesTest extends NodeStoreContract {
  private final NodeStore nodes = new MemoryNodes();

  @Override
  protected NodeStore nodes() {
    return nodes;
  }
}
