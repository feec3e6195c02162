package org.muster.storage.cached;

import org.muster.cache.CacheKey;
import org.muster.cache.CacheSpace;
import org.muster.kernel.TenantId;
import org.muster.storage.StorageKey;

/** Where things lie in the cache. */
final class Places {
  private static final String DOCUMENTS = "documents";
  private static final String STAMPS = "stamps";

  private Places() {}

  /** The space of a tenant's documents. */
  static CacheSpace documents(TenantId tenant) {
    return new CacheSpace(tenant, DOCUMENTS);
  }

  /** The space of the stamps of what is shown of a tenant's documents. */
  static CacheSpace stamps(TenantId tenant) {
    return new CacheSpace(tenant, STAMPS);
  }

  /** Where the document lies. */
  static CacheKey document(StorageKey key) {
    return new CacheKey(documents(key.tenant()), text(key));
  }

  /** Where the stamp lies of what others show of the document. */
  static CacheKey stamp(StorageKey key) {
    return new CacheKey(stamps(key.tenant()), text(key));
  }

  /** Neither part has a character that could not be in the other one. */
  private static String text(StorageKey key) {
    return key.collection().length() + ":" + key.collection() + key.id();
  }
}
