package org.muster.storage.memory;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableSet;
import java.util.Set;
import java.util.TreeSet;
import org.muster.storage.LinkSelector.Direction;
import org.muster.storage.StorageKey;

/** The links between documents, indexed from both ends; for one thread at a time. */
final class LinkGraph {
  private final Map<End, NavigableSet<StorageKey>> out = new HashMap<>();
  private final Map<End, NavigableSet<StorageKey>> in = new HashMap<>();

  /** The relations that an end has links of, both ways, so that all of them can be removed. */
  private final Map<StorageKey, Set<String>> relations = new HashMap<>();

  private record End(StorageKey key, String relation) {}

  /** The other ends of the direct links of a document, by key; a view, not to be changed. */
  NavigableSet<StorageKey> ends(StorageKey key, String relation, Direction direction) {
    NavigableSet<StorageKey> ends = index(direction).get(new End(key, relation));
    return ends == null ? Collections.emptyNavigableSet() : ends;
  }

  /** What is reached over any number of links, without the document itself. */
  NavigableSet<StorageKey> reached(StorageKey key, String relation, Direction direction) {
    NavigableSet<StorageKey> reached = new TreeSet<>();
    Deque<StorageKey> open = new ArrayDeque<>();
    open.add(key);
    while (!open.isEmpty()) {
      for (StorageKey end : ends(open.remove(), relation, direction)) {
        if (!end.equals(key) && reached.add(end)) {
          open.add(end);
        }
      }
    }
    return reached;
  }

  /** Adds a link; false if it was there. */
  boolean add(StorageKey from, String relation, StorageKey to) {
    in.computeIfAbsent(new End(to, relation), end -> new TreeSet<>()).add(from);
    relations.computeIfAbsent(from, key -> new TreeSet<>()).add(relation);
    relations.computeIfAbsent(to, key -> new TreeSet<>()).add(relation);
    return out.computeIfAbsent(new End(from, relation), end -> new TreeSet<>()).add(to);
  }

  /** Removes a link; false if there was none. */
  boolean remove(StorageKey from, String relation, StorageKey to) {
    remove(in, new End(to, relation), from);
    return remove(out, new End(from, relation), to);
  }

  /** A link that led to a document. */
  record Incoming(StorageKey from, String relation) {}

  /** Removes all links of a document, both ways; returns those that led to it from others. */
  List<Incoming> removeAll(StorageKey key) {
    List<Incoming> incoming = new ArrayList<>();
    Set<String> used = relations.remove(key);
    for (String relation : used == null ? Set.<String>of() : used) {
      for (StorageKey to : Set.copyOf(ends(key, relation, Direction.OUT))) {
        remove(key, relation, to);
      }
      for (StorageKey from : Set.copyOf(ends(key, relation, Direction.IN))) {
        remove(from, relation, key);
        incoming.add(new Incoming(from, relation));
      }
    }
    return incoming;
  }

  private Map<End, NavigableSet<StorageKey>> index(Direction direction) {
    return direction == Direction.OUT ? out : in;
  }

  private static boolean remove(
      Map<End, NavigableSet<StorageKey>> index, End end, StorageKey other) {
    NavigableSet<StorageKey> others = index.get(end);
    if (others == null || !others.remove(other)) {
      return false;
    }
    if (others.isEmpty()) {
      index.remove(end);
    }
    return true;
  }
}
