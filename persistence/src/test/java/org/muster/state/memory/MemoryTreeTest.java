package org.muster.state.memory;

import org.muster.state.NodeStore;
import org.muster.state.StateTreeContract;

/** The laws of state trees in memory. */
class MemoryTreeTest extends StateTreeContract {
  private final NodeStore nodes = new MemoryNodes();

  @Override
  protected NodeStore nodes() {
    return nodes;
  }

  @Override
  protected int steps() {
    return 400;
  }
}
