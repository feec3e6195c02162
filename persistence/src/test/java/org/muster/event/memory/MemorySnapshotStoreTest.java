package org.muster.event.memory;

import org.muster.event.SnapshotStore;
import org.muster.event.SnapshotStoreContract;
import org.muster.event.seal.KeyedSealing;
import org.muster.event.seal.SubjectKeys;

/** The contract, kept in the heap. */
class MemorySnapshotStoreTest extends SnapshotStoreContract {
  private final SubjectKeys keys = new MemorySubjectKeys();
  private final SnapshotStore store = new MemorySnapshotStore(new KeyedSealing(keys, true));

  @Override
  protected SnapshotStore store() {
    return store;
  }

  @Override
  protected SubjectKeys keys() {
    return keys;
  }
}
