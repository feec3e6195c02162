package org.muster.event.memory;

import java.util.Map;
import java.util.Set;
import org.muster.event.Sealing;
import org.muster.storage.StorageKey;

/** Another sealing at another time, for a store that has what it keeps to itself. */
final class SwitchedSealing implements Sealing {
  private volatile Sealing current = NONE;

  void use(Sealing sealing) {
    current = sealing;
  }

  @Override
  public Sealer forWriting(Set<StorageKey> streams) {
    return current.forWriting(streams);
  }

  @Override
  public Sealer ofStored(Map<StorageKey, byte[]> stored) {
    return current.ofStored(stored);
  }

  @Override
  public Opener forReading(Set<StorageKey> streams) {
    return current.forReading(streams);
  }
}
