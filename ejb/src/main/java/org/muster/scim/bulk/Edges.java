package org.muster.scim.bulk;

import java.util.Arrays;

/** The edges of a graph in a few arrays, for graphs of any size. */
final class Edges {
  private static final int NONE = -1;

  private final int[] first;
  private final Ints targets = new Ints();
  private final Ints next = new Ints();

  /** A graph of so many nodes. */
  Edges(int nodes) {
    first = new int[nodes];
    Arrays.fill(first, NONE);
  }

  void add(int from, int to) {
    targets.add(to);
    next.add(first[from]);
    first[from] = targets.size() - 1;
  }

  /** An edge from a node, or -1. */
  int first(int from) {
    return first[from];
  }

  /** Another edge from the same node, or -1. */
  int next(int edge) {
    return next.get(edge);
  }

  int to(int edge) {
    return targets.get(edge);
  }
}
