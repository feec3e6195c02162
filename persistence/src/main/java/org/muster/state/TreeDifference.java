package org.muster.state;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.muster.storage.StorageException;

/**
 * Goes down two trees at once, where they differ. Depth first, so that the memory is bounded; some
 * places at a time, so that the steps are few.
 */
final class TreeDifference {
  /** Most places that are read at once. */
  private static final int CHUNK = 256;

  private final StateTree left;
  private final StateTree right;
  private final Consumer<EntryDifference> consumer;
  private final Deque<Place> open = new ArrayDeque<>();
  private StateRoot leftRoot = StateRoot.EMPTY;
  private StateRoot rightRoot = StateRoot.EMPTY;

  TreeDifference(StateTree left, StateTree right, Consumer<EntryDifference> consumer) {
    this.left = left;
    this.right = right;
    this.consumer = consumer;
  }

  /** What one tree has at a place. */
  private sealed interface Side {
    StateRoot root();

    /** A node that is yet to be read. */
    record Stored(StateRoot root) implements Side {}

    /** Entries of a leaf above, or none. */
    record Held(Node.Leaf leaf) implements Side {
      @Override
      public StateRoot root() {
        return leaf.root();
      }
    }
  }

  /** A place at which the trees differ. */
  private record Place(String place, Side left, Side right) {}

  void run() {
    leftRoot = left.root();
    rightRoot = right.root();
    push(StateTree.ROOT, side(leftRoot), side(rightRoot));
    while (!open.isEmpty()) {
      List<Place> places = new ArrayList<>();
      while (!open.isEmpty() && places.size() < CHUNK) {
        places.add(open.pop());
      }
      Map<String, Node> leftNodes = left.load(stored(places, true));
      Map<String, Node> rightNodes = right.load(stored(places, false));
      for (Place place : places) {
        compare(
            place.place(),
            node(place.place(), place.left(), leftNodes),
            node(place.place(), place.right(), rightNodes));
      }
    }
  }

  private static Side side(@Nullable StateRoot root) {
    return root == null || root.equals(StateRoot.EMPTY)
        ? new Side.Held(Node.Leaf.EMPTY)
        : new Side.Stored(root);
  }

  private void push(String place, Side ofLeft, Side ofRight) {
    if (!ofLeft.root().equals(ofRight.root())) {
      open.push(new Place(place, ofLeft, ofRight));
    }
  }

  private static List<String> stored(List<Place> places, boolean ofLeft) {
    return places.stream()
        .filter(place -> (ofLeft ? place.left() : place.right()) instanceof Side.Stored)
        .map(Place::place)
        .toList();
  }

  private Node node(String place, Side side, Map<String, Node> nodes) {
    if (side instanceof Side.Held held) {
      return held.leaf();
    }
    Node node = nodes.get(place);
    if (node == null || !node.root().equals(side.root())) {
      throw left.root().equals(leftRoot) && right.root().equals(rightRoot)
          ? new StorageException.Corrupt("A node is not what the one above it says")
          : new StorageException.Unavailable("A tree was changed while it was compared", null);
    }
    return node;
  }

  private void compare(String place, Node ofLeft, Node ofRight) {
    if (ofLeft instanceof Node.Leaf one && ofRight instanceof Node.Leaf two) {
      compare(one.entries(), two.entries());
      return;
    }
    for (int nibble = Node.FAN - 1; nibble >= 0; nibble--) {
      push(
          Node.below(place, nibble),
          part(ofLeft, place.length(), nibble),
          part(ofRight, place.length(), nibble));
    }
  }

  private static Side part(Node node, int depth, int nibble) {
    return node instanceof Node.Leaf leaf
        ? new Side.Held(new Node.Leaf(Node.part(leaf.entries(), depth, nibble)))
        : side(((Node.Branch) node).parts().get(nibble));
  }

  /** Both are in the order of their keys. */
  private void compare(List<Entry> lefts, List<Entry> rights) {
    int l = 0;
    int r = 0;
    while (l < lefts.size() || r < rights.size()) {
      int order =
          l == lefts.size()
              ? 1
              : r == rights.size() ? -1 : lefts.get(l).key().compareTo(rights.get(r).key());
      if (order < 0) {
        hand(lefts.get(l++), null);
      } else if (order > 0) {
        hand(null, rights.get(r++));
      } else {
        if (!lefts.get(l).equals(rights.get(r))) {
          hand(lefts.get(l), rights.get(r));
        }
        l++;
        r++;
      }
    }
  }

  private void hand(@Nullable Entry ofLeft, @Nullable Entry ofRight) {
    Entry named = ofLeft != null ? ofLeft : ofRight;
    if (named != null) {
      consumer.accept(new EntryDifference(named.name(), value(ofLeft), value(ofRight)));
    }
  }

  private static Optional<Digest> value(@Nullable Entry entry) {
    return entry == null ? Optional.empty() : Optional.of(entry.hash().value());
  }
}
