package org.muster.erasure;

import jakarta.ejb.Stateless;
import jakarta.ejb.TransactionAttribute;
import jakarta.ejb.TransactionAttributeType;
import jakarta.inject.Inject;
import java.time.Clock;
import org.muster.event.SnapshotStore;
import org.muster.event.seal.SubjectKeys;
import org.muster.kernel.Origin;
import org.muster.storage.StorageKey;
import org.muster.storage.StorageProvider;

/** Where an erasure becomes a transaction: one call, one transaction of the container. */
@Stateless
public class ErasingTransaction {
  @Inject private StorageProvider storage;
  @Inject private SubjectKeys keys;
  @Inject private SnapshotStore snapshots;

  /** Erases a subject; committed when the call returns. */
  @TransactionAttribute(TransactionAttributeType.REQUIRED)
  public void erase(StorageKey subject, Origin origin) {
    new Erasing(storage, keys, snapshots, Clock.systemUTC()).erase(subject, origin);
  }
}
