package org.muster.cache.heap;

import org.jspecify.annotations.Nullable;

/** A list that one can be taken out of wherever it is; for one thread at a time. */
final class Ring<V> {
  private final Link anchor = new Link();

  /** What can be in a ring, one at a time. */
  static class Link {
    private @Nullable Link before;
    private @Nullable Link after;
  }

  Ring() {
    join(anchor, anchor);
  }

  private static void join(Link one, Link next) {
    one.after = next;
    next.before = one;
  }

  void add(Held<V> held) {
    join(last(), held);
    join(held, anchor);
  }

  private Link last() {
    Link last = anchor.before;
    return last == null ? anchor : last;
  }

  @SuppressWarnings("unchecked") // nothing else is ever added
  @Nullable Held<V> first() {
    return anchor.after == anchor ? null : (Held<V>) anchor.after;
  }

  /** Adds all of another one, which is empty then. */
  void addAllOf(Ring<V> other) {
    Link first = other.anchor.after;
    if (first != null && first != other.anchor) {
      Link last = other.last();
      join(last(), first);
      join(last, anchor);
      join(other.anchor, other.anchor);
    }
  }

  /** Takes one out of the ring that it is in, if it is in one. */
  static void remove(Link link) {
    Link before = link.before;
    Link after = link.after;
    if (before != null && after != null) {
      join(before, after);
      link.before = null;
      link.after = null;
    }
  }
}
