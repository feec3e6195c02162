package org.muster.scim.resource;

import java.util.ArrayList;
import java.util.List;
import org.muster.scim.resource.MergedParts.Hit;
import org.muster.storage.Found;
import org.muster.storage.Query;
import org.muster.storage.Stored;

/**
 * A page that resources of several types are put on: full when it has as many as are wanted, or as
 * much of them as one page of the store, or when the store has cut a page short.
 */
final class PageOfHits {
  private final List<Hit> hits = new ArrayList<>();
  private final int count;
  private long characters;
  private boolean cut;

  PageOfHits(int count) {
    this.count = count;
  }

  /** Adds a page of the store. */
  void add(RootParts.Part part, Found found) {
    for (Stored resource : found.items()) {
      add(new Hit(part, resource));
    }
    cut |= found.next().isPresent();
  }

  void add(Hit hit) {
    hits.add(hit);
    characters += hit.resource().document().text().length();
  }

  boolean isFull() {
    return cut || hits.size() >= count || characters >= Query.Page.MAX_BYTES;
  }

  /** How many resources are still wanted. */
  int wanted() {
    return count - hits.size();
  }

  List<Hit> hits() {
    return hits;
  }
}
