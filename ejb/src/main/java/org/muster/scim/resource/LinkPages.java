package org.muster.scim.resource;

import java.io.IOException;
import java.util.List;
import java.util.Optional;
import org.muster.scim.schema.AttributePath;
import org.muster.storage.LinkQuery;
import org.muster.storage.LinkQuery.Position;
import org.muster.storage.Linked;
import org.muster.storage.StorageKey;
import org.muster.storage.StorageProvider;

/**
 * Reads the links of resources in pages, so that a million of them need no more memory than one.
 */
final class LinkPages {
  static final int PAGE = 1_000;

  private final StorageProvider storage;

  LinkPages(StorageProvider storage) {
    this.storage = storage;
  }

  /** Takes one link after the other. */
  @FunctionalInterface
  interface Taker {
    void take(Linked link) throws IOException;
  }

  /** At most {@code limit} links of some resources. */
  List<Linked> page(
      List<StorageKey> anchors, AttributePath path, Optional<Position> after, int limit) {
    String relation = TypeLinks.link(path).relation();
    return storage.links(
        new LinkQuery(anchors, relation, TypeLinks.link(path).direction(), after, limit));
  }

  /** The first links of a resource. */
  List<Linked> first(StorageKey anchor, AttributePath path) {
    return page(List.of(anchor), path, Optional.empty(), PAGE);
  }

  /** Hands over all links of a resource, of which the first are known already. */
  void forEach(StorageKey anchor, AttributePath path, List<Linked> first, Taker taker)
      throws IOException {
    List<Linked> page = first;
    while (true) {
      for (Linked link : page) {
        taker.take(link);
      }
      if (page.size() < PAGE) {
        return;
      }
      Position last = new Position(anchor, page.get(page.size() - 1).other());
      page = page(List.of(anchor), path, Optional.of(last), PAGE);
    }
  }
}
