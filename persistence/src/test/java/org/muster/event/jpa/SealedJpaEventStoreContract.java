package org.muster.event.jpa;

import org.muster.event.EventStore;
import org.muster.event.SealedEventStoreContract;
import org.muster.event.Sealing;
import org.muster.event.seal.KeyWrapping;
import org.muster.event.seal.SubjectKeys;
import org.muster.storage.jpa.TestDatabase;

/** Sealed events in the database. */
abstract class SealedJpaEventStoreContract extends SealedEventStoreContract {
  abstract TestDatabase database();

  @Override
  protected EventStore store(Sealing sealing) {
    return new TransactionPerAppend(database().events(sealing), database());
  }

  @Override
  protected SubjectKeys keys() {
    return new TransactionPerKeys(database().keys(KeyWrapping.NONE), database());
  }
}
