package org.muster.state;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a tree holds, or a part of it: equal just if the content is equal.
 *
 * @param documents how many documents
 * @param links how many links that lead from them
 */
public record StateRoot(Digest digest, long documents, long links) {
  /** The root of a tree without entries. */
  public static final StateRoot EMPTY = ofLeaf(List.of());

  /** All entries. */
  public long entries() {
    return documents + links;
  }

  /** The root of a leaf; the entries are in the order of their keys. */
  static StateRoot ofLeaf(List<EntryHash> entries) {
    Hashing hashing = new Hashing(Hashing.LEAF).number(entries.size());
    long links = 0;
    for (EntryHash entry : entries) {
      hashing.digest(entry.key()).digest(entry.value());
      links += entry.link() ? 1 : 0;
    }
    return new StateRoot(hashing.done(), entries.size() - links, links);
  }

  /** The root of a branch, by the roots of its parts; null stands for one without entries. */
  static StateRoot ofBranch(@Nullable StateRoot[] parts) {
    Hashing hashing = new Hashing(Hashing.BRANCH);
    long documents = 0;
    long links = 0;
    for (@Nullable StateRoot part : parts) {
      hashing.number(part == null ? 0 : part.documents).number(part == null ? 0 : part.links);
      hashing.digest(part == null ? Digest.NONE : part.digest);
      documents += part == null ? 0 : part.documents;
      links += part == null ? 0 : part.links;
    }
    return new StateRoot(hashing.done(), documents, links);
  }
}
