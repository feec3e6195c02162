package org.muster.storage;

import java.util.Optional;
import org.muster.kernel.TenantId;

/** A question for tombstones, one page. */
public sealed interface TombstoneQuery {
  /** The most tombstones of one page. */
  int MAX_LIMIT = 10_000;

  /** Whose tombstones. */
  TenantId tenant();

  /** At most how many tombstones, 0 to {@link #MAX_LIMIT}. */
  int limit();

  /** Those of one collection by ascending id, behind an id. */
  record OfCollection(TenantId tenant, String collection, Optional<String> after, int limit)
      implements TombstoneQuery {
    public OfCollection {
      check(limit);
    }
  }

  /** Those of all collections, the longest deleted first; then by collection and id. */
  record Oldest(TenantId tenant, int limit) implements TombstoneQuery {
    public Oldest {
      check(limit);
    }
  }

  private static void check(int limit) {
    if (limit < 0 || limit > MAX_LIMIT) {
      throw new IllegalArgumentException("0 to 10,000 tombstones a page, not " + limit);
    }
  }
}
