package org.muster.state;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A node of a state tree. It is a leaf just if there are at most {@link #BUCKET} entries below its
 * place; so the shape follows from the entries alone, whatever the order in which they came.
 */
sealed interface Node {
  /** The most entries of a leaf. */
  int BUCKET = 32;

  /** How many parts a branch has. */
  int FAN = 16;

  /** What it stands for in the hash of the branch above. */
  StateRoot root();

  /** Entries in the order of their keys. */
  record Leaf(List<Entry> entries) implements Node {
    static final Leaf EMPTY = new Leaf(List.of());

    @Override
    public StateRoot root() {
      return StateRoot.ofLeaf(entries.stream().map(Entry::hash).toList());
    }
  }

  /** The roots of the 16 parts; null where there are no entries. */
  record Branch(List<@Nullable StateRoot> parts) implements Node {
    static Branch of(@Nullable StateRoot[] parts) {
      List<@Nullable StateRoot> list = new ArrayList<>(FAN);
      Collections.addAll(list, parts);
      return new Branch(Collections.unmodifiableList(list));
    }

    @Override
    public StateRoot root() {
      return StateRoot.ofBranch(array());
    }

    @Nullable StateRoot[] array() {
      return parts.toArray(new @Nullable StateRoot[FAN]);
    }
  }

  /** The part of some entries, in the order of their keys, that begins with a digit at a depth. */
  static List<Entry> part(List<Entry> entries, int depth, int nibble) {
    int from = 0;
    while (from < entries.size() && entries.get(from).key().nibble(depth) < nibble) {
      from++;
    }
    int to = from;
    while (to < entries.size() && entries.get(to).key().nibble(depth) == nibble) {
      to++;
    }
    return entries.subList(from, to);
  }

  /** The place of a part: the digits that all keys below begin with. */
  static String below(String prefix, int nibble) {
    return prefix + Character.forDigit(nibble, FAN);
  }
}
