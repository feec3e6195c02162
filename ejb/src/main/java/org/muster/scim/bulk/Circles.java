package org.muster.scim.bulk;

import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.function.IntFunction;
import org.jspecify.annotations.Nullable;

/**
 * The operations that refer to each other in circles: the strongly connected components, by
 * Tarjan's algorithm, with a stack of its own since a chain may have any length.
 */
final class Circles {
  private final IntFunction<int[]> needs;
  private final int[] number; // in the order of discovery, from 1; 0 is not discovered
  private final int[] low;
  private final int[] unit; // -1 while on the stack
  private final Ints open = new Ints();
  private final Map<Integer, int[]> members = new HashMap<>();
  private int openSize;
  private int discovered;

  private Circles(int size, IntFunction<int[]> needs) {
    this.needs = needs;
    this.number = new int[size];
    this.low = new int[size];
    this.unit = new int[size];
    Arrays.fill(unit, -1);
  }

  static Circles find(int size, IntFunction<int[]> needs) {
    Circles circles = new Circles(size, needs);
    for (int operation = 0; operation < size; operation++) {
      if (circles.number[operation] == 0) {
        circles.walk(operation);
      }
    }
    return circles;
  }

  /** The last operation of the circle that an operation is in, or the operation itself. */
  int of(int operation) {
    return unit[operation];
  }

  boolean isCircle(int unit) {
    return members.containsKey(unit);
  }

  /** The operations of a unit, in the order of the request. */
  int[] members(int unit) {
    return members.getOrDefault(unit, new int[] {unit});
  }

  /** A node that is being walked, and how many of its edges have been. */
  private static final class Step {
    final int node;
    final int[] needs;
    final @Nullable Step below;
    int taken;

    Step(int node, int[] needs, @Nullable Step below) {
      this.node = node;
      this.needs = needs;
      this.below = below;
    }
  }

  private void walk(int root) {
    if (needs.apply(root).length == 0) {
      number[root] = ++discovered;
      unit[root] = root;
      return;
    }
    @Nullable Step step = discover(root, null);
    while (step != null) {
      if (step.taken < step.needs.length) {
        int needed = step.needs[step.taken++];
        if (number[needed] == 0) {
          step = discover(needed, step);
        } else if (unit[needed] < 0) {
          low[step.node] = Math.min(low[step.node], number[needed]);
        }
      } else {
        close(step);
        Step below = step.below;
        if (below != null) {
          low[below.node] = Math.min(low[below.node], low[step.node]);
        }
        step = below;
      }
    }
  }

  private Step discover(int node, @Nullable Step below) {
    number[node] = ++discovered;
    low[node] = discovered;
    push(node);
    return new Step(node, needs.apply(node), below);
  }

  private void push(int node) {
    if (openSize == open.size()) {
      open.add(node);
    } else {
      open.set(openSize, node);
    }
    openSize++;
  }

  private void close(Step step) {
    if (low[step.node] != number[step.node]) {
      return;
    }
    Ints component = new Ints();
    int popped;
    do {
      popped = open.get(--openSize);
      component.add(popped);
    } while (popped != step.node);
    int[] sorted = component.toArray();
    Arrays.sort(sorted);
    int last = sorted[sorted.length - 1];
    for (int node : sorted) {
      unit[node] = last;
    }
    if (sorted.length > 1 || refersToItself(step)) {
      members.put(last, sorted);
    }
  }

  private static boolean refersToItself(Step step) {
    for (int needed : step.needs) {
      if (needed == step.node) {
        return true;
      }
    }
    return false;
  }
}
