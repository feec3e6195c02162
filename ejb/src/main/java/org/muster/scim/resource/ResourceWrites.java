package org.muster.scim.resource;

import jakarta.ejb.Stateless;
import jakarta.ejb.TransactionAttribute;
import jakarta.ejb.TransactionAttributeType;
import jakarta.inject.Inject;
import org.muster.storage.Applied;
import org.muster.storage.Batch;
import org.muster.storage.StorageProvider;

/** Where writes become transactions: one call, one transaction of the container. */
@Stateless
public class ResourceWrites {
  @Inject private StorageProvider storage;

  /** Applies a batch; committed when the call returns. */
  @TransactionAttribute(TransactionAttributeType.REQUIRED)
  public Applied apply(Batch batch) {
    return storage.apply(batch);
  }
}
