package org.muster.storage.jpa;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.muster.storage.LinkSelector;
import org.muster.storage.Linked;
import org.muster.storage.StorageException;
import org.muster.storage.StorageKey;

/**
 * Follows one selector from many documents at once, a level at a time; whoever reads a level hands
 * its links to {@link #found}. Ends on cycles, since what was reached is not followed again.
 */
final class Walk {
  /** The most links that are held for all documents together. */
  static final int MAX_LINKS = 10 * LinkSelector.MAX_LINKS;

  final LinkSelector selector;
  private final Map<StorageKey, Map<StorageKey, Linked>> reached = new HashMap<>();
  private Map<StorageKey, List<StorageKey>> frontier = new LinkedHashMap<>();
  private Map<StorageKey, List<StorageKey>> next = new LinkedHashMap<>();
  private boolean direct = true;
  private int total;

  Walk(LinkSelector selector, Collection<StorageKey> anchors) {
    this.selector = selector;
    for (StorageKey anchor : anchors) {
      reached.put(anchor, new TreeMap<>());
      frontier.put(anchor, List.of(anchor));
    }
  }

  /** The documents whose links are to be read now; none if the walk is over. */
  List<StorageKey> frontier() {
    return List.copyOf(frontier.keySet());
  }

  /**
   * Takes a link from a document of the frontier.
   *
   * @param hasMore whether {@code other} has links to follow
   */
  void found(StorageKey node, StorageKey other, String label, boolean hasMore) {
    for (StorageKey anchor : frontier.getOrDefault(node, List.of())) {
      if (selector.transitive() && other.equals(anchor)) {
        continue;
      }
      Map<StorageKey, Linked> links = reached.get(anchor);
      if (links == null || links.containsKey(other)) {
        continue;
      }
      links.put(
          other,
          new Linked(anchor, selector.relation(), selector.direction(), other, label, direct));
      if (links.size() > LinkSelector.MAX_LINKS || ++total > MAX_LINKS) {
        throw tooLarge();
      }
      if (selector.transitive() && hasMore) {
        next.computeIfAbsent(other, key -> new ArrayList<>()).add(anchor);
      }
    }
  }

  static StorageException tooLarge() {
    return new StorageException.TooLarge(
        "A document has more than " + LinkSelector.MAX_LINKS + " links");
  }

  /** Goes on to the next level. */
  void descend() {
    frontier = next;
    next = new LinkedHashMap<>();
    direct = false;
  }

  /** What a document was found to be linked with, by key. */
  Collection<Linked> of(StorageKey anchor) {
    return reached.getOrDefault(anchor, Map.of()).values();
  }
}
