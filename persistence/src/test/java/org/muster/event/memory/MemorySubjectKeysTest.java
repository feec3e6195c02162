package org.muster.event.memory;

import org.muster.event.seal.SubjectKeys;
import org.muster.event.seal.SubjectKeysContract;

/** The contract, kept in the heap. */
class MemorySubjectKeysTest extends SubjectKeysContract {
  private final SubjectKeys keys = new MemorySubjectKeys();

  @Override
  protected SubjectKeys keys() {
    return keys;
  }
}
