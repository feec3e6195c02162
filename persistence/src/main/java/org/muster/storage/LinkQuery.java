package org.muster.storage;

import java.util.List;
import java.util.Optional;
import org.muster.storage.LinkSelector.Direction;

/**
 * A page of the direct links of some documents, ordered by anchor, then by the other end's
 * collection and id.
 *
 * @param anchors 1 to 1,000 documents of one tenant; each is treated alike if live or not
 * @param after only links behind this one (a keyset: concurrent changes neither repeat nor skip)
 * @param limit 1 to 10,000 links
 */
public record LinkQuery(
    List<StorageKey> anchors,
    String relation,
    Direction direction,
    Optional<Position> after,
    int limit) {

  /** The place of a link in the order of the answer. */
  public record Position(StorageKey anchor, StorageKey other) {}

  public LinkQuery {
    anchors = List.copyOf(anchors);
    if (anchors.isEmpty() || anchors.size() > 1_000) {
      throw new IllegalArgumentException("1 to 1,000 anchors, not " + anchors.size());
    }
    if (anchors.stream().map(StorageKey::tenant).distinct().count() != 1) {
      throw new IllegalArgumentException("All anchors are of one tenant");
    }
    if (limit < 1 || limit > 10_000) {
      throw new IllegalArgumentException("1 to 10,000 links a page, not " + limit);
    }
  }
}
