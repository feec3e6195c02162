package org.muster.storage.sourced;

import org.muster.event.projection.Generations;
import org.muster.storage.StorageProvider;

/**
 * The model that writes are decided on, in the transaction of the events: that generation of it
 * which is in use. Of two generations, one lies under the tenants' ids, the other beside it.
 */
final class Deciding {
  private final StorageProvider store;
  private final StorageProvider copy;
  private final Generations generations;

  Deciding(StorageProvider store, Generations generations) {
    this.store = store;
    this.copy = new CopyStorage(store);
    this.generations = generations;
  }

  StorageProvider forReading() {
    return of(generations.current());
  }

  /** Stays the one in use until the caller's transaction ends. */
  StorageProvider forWriting() {
    return of(generations.forWriting());
  }

  StorageProvider of(int generation) {
    return isCopy(generation) ? copy : store;
  }

  static boolean isCopy(int generation) {
    return generation % 2 != 0;
  }
}
