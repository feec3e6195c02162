package org.muster.receiver;

import org.muster.kernel.TenantId;
import org.muster.storage.StorageKey;

/**
 * Names a receiver of a tenant.
 *
 * @param id made by the server
 */
public record ReceiverId(TenantId tenant, String id) {
  private static final String COLLECTION = "$receiver";

  public ReceiverId {
    if (!StorageKey.isId(id)) {
      throw new IllegalArgumentException("Not the id of a receiver");
    }
  }

  /** What its secrets are bound to, and what conflicts name. */
  public StorageKey key() {
    return new StorageKey(tenant, COLLECTION, id);
  }
}
