package org.muster.state;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Computes the root of entries that come in the order of their keys, without a tree: holds no more
 * of them at a time than fit into a leaf, and one.
 */
final class SortedRoot {
  private final EntrySpool.Sorted entries;
  private final List<EntryHash> ahead = new ArrayList<>();
  private boolean ended;

  SortedRoot(EntrySpool.Sorted entries) {
    this.entries = entries;
  }

  StateRoot root() throws IOException {
    fill();
    return ahead.isEmpty() ? StateRoot.EMPTY : at(0);
  }

  /** The root of those that begin with the same digits, so many, as the next one does. */
  private StateRoot at(int depth) throws IOException {
    EntryHash first = ahead.get(0);
    int within = 0;
    while (within < ahead.size() && isWithin(ahead.get(within), first, depth)) {
      within++;
    }
    if (within <= Node.BUCKET) {
      List<EntryHash> leaf = ahead.subList(0, within);
      StateRoot root = StateRoot.ofLeaf(leaf);
      leaf.clear();
      fill();
      return root;
    }
    @Nullable StateRoot[] parts = new @Nullable StateRoot[Node.FAN];
    while (!ahead.isEmpty() && isWithin(ahead.get(0), first, depth)) {
      parts[ahead.get(0).key().nibble(depth)] = at(depth + 1);
    }
    return StateRoot.ofBranch(parts);
  }

  private static boolean isWithin(EntryHash entry, EntryHash first, int depth) {
    for (int i = depth - 1; i >= 0; i--) {
      if (entry.key().nibble(i) != first.key().nibble(i)) {
        return false;
      }
    }
    return true;
  }

  /** One more than fit into a leaf; an entry that was met twice counts once. */
  private void fill() throws IOException {
    while (!ended && ahead.size() <= Node.BUCKET) {
      EntryHash next = entries.next();
      if (next == null) {
        ended = true;
      } else if (ahead.isEmpty() || !ahead.get(ahead.size() - 1).key().equals(next.key())) {
        ahead.add(next);
      }
    }
  }
}
