package org.muster.storage;

import java.util.Comparator;
import org.muster.kernel.Folding;
import org.muster.kernel.TenantId;

/**
 * Where a document is: tenant, collection (1 to 64 characters) and id (1 to 255 characters, any but
 * U+0000 and lone surrogates). Keys are ordered by tenant, collection and id, each by code point.
 */
public record StorageKey(TenantId tenant, String collection, String id)
    implements Comparable<StorageKey> {
  private static final Comparator<StorageKey> ORDER =
      Comparator.comparing(StorageKey::tenant)
          .thenComparing(StorageKey::collection, Folding.CODE_POINTS)
          .thenComparing(StorageKey::id, Folding.CODE_POINTS);

  public StorageKey {
    if (collection.isEmpty() || collection.length() > 64 || !Folding.isStorable(collection)) {
      throw new IllegalArgumentException("Not a collection name: 1 to 64 characters");
    }
    if (!isId(id)) {
      throw new IllegalArgumentException("Not an id: 1 to 255 characters");
    }
  }

  /** Whether {@code id} can be the id of a document. */
  public static boolean isId(String id) {
    return !id.isEmpty() && id.length() <= 255 && Folding.isStorable(id);
  }

  @Override
  public int compareTo(StorageKey other) {
    return ORDER.compare(this, other);
  }
}
