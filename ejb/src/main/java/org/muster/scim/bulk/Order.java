package org.muster.scim.bulk;

import java.util.BitSet;
import java.util.PriorityQueue;
import java.util.function.IntFunction;

/**
 * The order in which operations are done: that of the request, but for those that refer to a later
 * one, which wait for it. Operations that wait for each other are a circle; its turn comes with the
 * last of them.
 */
final class Order {
  private final int[] sequence;
  private final BitSet starts = new BitSet(); // places at which a unit starts
  private final BitSet circular = new BitSet(); // of these, the circles
  private int filled;

  private Order(int size) {
    this.sequence = new int[size];
  }

  /**
   * The order of so many operations.
   *
   * @param needs by operation: the operations that it refers to
   */
  static Order of(int size, IntFunction<int[]> needs) {
    Circles circles = Circles.find(size, needs);
    Order order = new Order(size);
    order.fill(size, needs, circles);
    return order;
  }

  int size() {
    return sequence.length;
  }

  /** The operation at a place of the order. */
  int at(int place) {
    return sequence[place];
  }

  /** Where the unit ends that starts at a place: one behind its last operation. */
  int end(int place) {
    int next = starts.nextSetBit(place + 1);
    return next < 0 ? sequence.length : next;
  }

  /** Whether the unit that starts at a place is a circle, maybe of one. */
  boolean isCircle(int place) {
    return circular.get(place);
  }

  /** Each circle is named by its last operation, any other operation by itself. */
  private void fill(int size, IntFunction<int[]> needs, Circles circles) {
    int[] unmet = new int[size];
    Edges waiting = new Edges(size);
    for (int operation = 0; operation < size; operation++) {
      int unit = circles.of(operation);
      for (int needed : needs.apply(operation)) {
        if (circles.of(needed) != unit) {
          waiting.add(circles.of(needed), unit);
          unmet[unit]++;
        }
      }
    }
    PriorityQueue<Integer> ready = new PriorityQueue<>();
    for (int turn = 0; turn < size; turn++) {
      if (circles.of(turn) == turn && unmet[turn] == 0) {
        ready.add(turn);
      }
      while (!ready.isEmpty()) {
        int unit = ready.remove();
        add(unit, circles);
        for (int edge = waiting.first(unit); edge >= 0; edge = waiting.next(edge)) {
          int dependent = waiting.to(edge);
          if (--unmet[dependent] == 0 && dependent <= turn) {
            ready.add(dependent);
          }
        }
      }
    }
  }

  private void add(int unit, Circles circles) {
    starts.set(filled);
    circular.set(filled, circles.isCircle(unit));
    for (int member : circles.members(unit)) {
      sequence[filled++] = member;
    }
  }
}
