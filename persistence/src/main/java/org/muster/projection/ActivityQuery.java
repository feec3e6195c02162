package org.muster.projection;

import java.time.Instant;
import java.util.Optional;
import org.muster.kernel.TenantId;

/**
 * A page of the documents of a collection that were not changed for long, the longest first.
 *
 * @param active only those that say so of themselves; empty for all
 * @param before last changed before this moment
 * @param after behind this place; empty for the first page
 * @param limit at least 1
 */
public record ActivityQuery(
    TenantId tenant,
    String collection,
    Optional<Boolean> active,
    Instant before,
    Optional<Place> after,
    int limit) {

  /** The place of a document in the answer. */
  public record Place(Instant modified, String id) {
    /** The place of an item. */
    public static Place of(Activity item) {
      return new Place(item.modified(), item.id());
    }
  }
}
