package org.muster.state;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.muster.storage.StorageException;

/**
 * Makes changes in a tree: goes down level by level to the leaves that they belong to, then up
 * again, where buckets split and branches collapse. A level is one read on the way down, and one
 * more on the way up if branches collapse; all is written at the end.
 */
final class TreeUpdate {
  private final NodeStore store;
  private final TreeId tree;
  private final StateTree reader;
  private final Map<String, byte[]> saved = new HashMap<>();
  private final Set<String> removed = new HashSet<>();

  TreeUpdate(NodeStore store, TreeId tree) {
    this.store = store;
    this.tree = tree;
    this.reader = new StateTree(store, tree);
  }

  /** A node on the way to changes; it grows new while the way leads up. */
  private static final class Visit {
    final String place;
    final SortedMap<Digest, EntryChange> changes = new TreeMap<>();
    final SortedMap<Integer, Visit> below = new TreeMap<>();

    /** What the node has been so far; null if there was none. */
    @Nullable StateRoot before;

    Node node = Node.Leaf.EMPTY;
    StateRoot after = StateRoot.EMPTY;

    Visit(String place, @Nullable StateRoot before) {
      this.place = place;
      this.before = before;
    }
  }

  /** Makes changes, by the hashes of the entries' names. */
  void run(SortedMap<Digest, EntryChange> changes) {
    Visit top = new Visit(StateTree.ROOT, null);
    top.changes.putAll(changes);
    Node root = reader.load(List.of(StateTree.ROOT)).get(StateTree.ROOT);
    if (root != null) {
      top.node = root;
      top.before = root.root();
    }
    List<List<Visit>> levels = new ArrayList<>();
    for (List<Visit> level = List.of(top); !level.isEmpty(); level = descend(level)) {
      levels.add(level);
    }
    for (int depth = levels.size() - 1; depth >= 0; depth--) {
      ascend(levels.get(depth));
    }
    if (!saved.isEmpty() || !removed.isEmpty()) {
      store.write(tree, saved, removed);
    }
  }

  private List<Visit> descend(List<Visit> level) {
    List<Visit> next = new ArrayList<>();
    Map<String, StateRoot> expected = new HashMap<>();
    for (Visit visit : level) {
      if (visit.node instanceof Node.Branch branch) {
        visit.changes.forEach((key, change) -> passOn(visit, branch, key, change));
        for (Visit below : visit.below.values()) {
          next.add(below);
          if (below.before != null) {
            expected.put(below.place, below.before);
          }
        }
      }
    }
    Map<String, Node> nodes = read(expected);
    next.forEach(visit -> visit.node = nodes.getOrDefault(visit.place, Node.Leaf.EMPTY));
    return next;
  }

  /** Removing from where nothing is leads nowhere. */
  private static void passOn(Visit visit, Node.Branch branch, Digest key, EntryChange change) {
    int nibble = key.nibble(visit.place.length());
    StateRoot part = branch.parts().get(nibble);
    if (part != null || change.value().isPresent()) {
      visit
          .below
          .computeIfAbsent(nibble, n -> new Visit(Node.below(visit.place, n), part))
          .changes
          .put(key, change);
    }
  }

  private Map<String, Node> read(Map<String, StateRoot> expected) {
    Map<String, Node> nodes = reader.load(List.copyOf(expected.keySet()));
    expected.forEach(
        (place, root) -> {
          Node node = nodes.get(place);
          if (node == null || !node.root().equals(root)) {
            throw new StorageException.Corrupt("A node is not what the one above it says");
          }
        });
    return nodes;
  }

  private void ascend(List<Visit> level) {
    List<Visit> collapsing = new ArrayList<>();
    for (Visit visit : level) {
      if (visit.node instanceof Node.Branch branch) {
        visit.node = withParts(branch, visit.below);
        if (visit.node.root().entries() <= Node.BUCKET) {
          collapsing.add(visit);
        }
      } else if (visit.node instanceof Node.Leaf leaf) {
        visit.node = grown(visit.place, StateTree.merged(leaf.entries(), visit.changes));
      }
    }
    collapse(collapsing);
    level.forEach(this::settle);
  }

  private static Node withParts(Node.Branch branch, SortedMap<Integer, Visit> below) {
    @Nullable StateRoot[] parts = branch.array();
    below.forEach(
        (nibble, visit) ->
            parts[nibble] = visit.after.equals(StateRoot.EMPTY) ? null : visit.after);
    return Node.Branch.of(parts);
  }

  /** The node of some entries; those below it are saved. */
  private Node grown(String place, List<Entry> entries) {
    if (entries.size() <= Node.BUCKET) {
      return new Node.Leaf(List.copyOf(entries));
    }
    @Nullable StateRoot[] parts = new @Nullable StateRoot[Node.FAN];
    for (int nibble = 0; nibble < Node.FAN; nibble++) {
      List<Entry> part = Node.part(entries, place.length(), nibble);
      if (!part.isEmpty()) {
        Node node = grown(Node.below(place, nibble), part);
        saved.put(Node.below(place, nibble), NodeCodec.encode(node));
        parts[nibble] = node.root();
      }
    }
    return Node.Branch.of(parts);
  }

  /** Makes leaves of branches; what is below them are leaves by now. */
  private void collapse(List<Visit> branches) {
    Map<String, StateRoot> untouched = new HashMap<>();
    for (Visit visit : branches) {
      forEachPart(
          visit,
          (nibble, root) -> {
            if (!visit.below.containsKey(nibble)) {
              untouched.put(Node.below(visit.place, nibble), root);
            }
          });
    }
    Map<String, Node> nodes = read(untouched);
    for (Visit visit : branches) {
      List<Entry> entries = new ArrayList<>();
      forEachPart(
          visit,
          (nibble, root) -> {
            Visit below = visit.below.get(nibble);
            String place = Node.below(visit.place, nibble);
            Node node = below == null ? nodes.get(place) : below.node;
            if (!(node instanceof Node.Leaf leaf)) {
              throw new StorageException.Corrupt("A branch has as few entries as a leaf");
            }
            entries.addAll(leaf.entries());
            saved.remove(place);
            if (below == null || below.before != null) {
              removed.add(place);
            }
          });
      visit.node = new Node.Leaf(List.copyOf(entries));
    }
  }

  /** Takes a part of a branch. */
  @FunctionalInterface
  private interface PartConsumer {
    void accept(int nibble, StateRoot root);
  }

  private static void forEachPart(Visit visit, PartConsumer consumer) {
    Node.Branch branch = (Node.Branch) visit.node;
    for (int nibble = 0; nibble < Node.FAN; nibble++) {
      StateRoot root = branch.parts().get(nibble);
      if (root != null) {
        consumer.accept(nibble, root);
      }
    }
  }

  private void settle(Visit visit) {
    visit.after = visit.node.root();
    if (visit.after.equals(visit.before)) {
      return;
    }
    if (!visit.after.equals(StateRoot.EMPTY)) {
      saved.put(visit.place, NodeCodec.encode(visit.node));
    } else if (visit.before != null) {
      removed.add(visit.place);
    }
  }
}
