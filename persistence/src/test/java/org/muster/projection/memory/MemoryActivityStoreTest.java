package org.muster.projection.memory;

import org.muster.projection.ActivityStore;
import org.muster.projection.ActivityStoreContract;

/** The contract, kept in the heap. */
class MemoryActivityStoreTest extends ActivityStoreContract {
  private final ActivityStore store = new MemoryActivityStore();

  @Override
  protected ActivityStore store() {
    return store;
  }
}
