package org.muster.state;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Consumer;
import org.muster.storage.StorageException;

/**
 * The Merkle tree over the entries of one collection: a trie over the hashes of their names, with
 * buckets as leaves. Its shape and root follow from the entries alone. Thread-safe.
 */
public final class StateTree {
  static final String ROOT = "";

  /** How many changes are made at once; bounds the memory. */
  private static final int CHUNK = 2_000;

  private final NodeStore nodes;
  private final TreeId id;

  public StateTree(NodeStore nodes, TreeId id) {
    this.nodes = nodes;
    this.id = id;
  }

  /** The root, and how much there is below it. */
  public StateRoot root() {
    byte[] bytes = nodes.load(id, List.of(ROOT)).get(ROOT);
    return bytes == null ? StateRoot.EMPTY : NodeCodec.decode(bytes).root();
  }

  /**
   * Makes changes, in their order; of several to one entry the last one counts. Putting what is
   * there and removing what is not change nothing. Each node on the way to a change is read and
   * written once for each 2,000 changes, in a number of steps that grows with the depth.
   *
   * @throws IllegalArgumentException if an entry belongs to another collection; nothing was written
   * @throws StorageException.Corrupt if a node is not what the one above it says
   */
  public void apply(List<EntryChange> changes) {
    for (EntryChange change : changes) {
      if (!change.name().collection().equals(id.collection())) {
        throw new IllegalArgumentException("An entry is in the tree of its collection");
      }
    }
    if (!changes.isEmpty()) {
      nodes.exclusively(id, () -> applyInChunks(changes));
    }
  }

  private void applyInChunks(List<EntryChange> changes) {
    for (int start = 0; start < changes.size(); start += CHUNK) {
      SortedMap<Digest, EntryChange> byKey = new TreeMap<>();
      for (EntryChange change : changes.subList(start, Math.min(start + CHUNK, changes.size()))) {
        byKey.put(change.name().key(), change);
      }
      new TreeUpdate(nodes, id).run(byKey);
    }
  }

  /**
   * Hands on every entry in which this tree differs from another one, in no particular order, each
   * once. Reads those nodes alone that differ or stand opposite one that does, some hundred at a
   * time, in memory that does not grow with the difference.
   *
   * @throws StorageException.Unavailable if a tree was changed meanwhile; begin anew
   * @throws StorageException.Corrupt if a node is not what the one above it says
   */
  public void difference(StateTree other, Consumer<EntryDifference> consumer) {
    new TreeDifference(this, other, consumer).run();
  }

  /** The nodes at some places. */
  Map<String, Node> load(List<String> places) {
    Map<String, Node> loaded = new TreeMap<>();
    if (!places.isEmpty()) {
      nodes.load(id, places).forEach((place, bytes) -> loaded.put(place, NodeCodec.decode(bytes)));
    }
    return loaded;
  }

  /** A list of entries with the changes made, in the order of keys. */
  static List<Entry> merged(List<Entry> entries, SortedMap<Digest, EntryChange> changes) {
    List<Entry> merged = new ArrayList<>(entries.size() + changes.size());
    for (Entry entry : entries) {
      if (!changes.containsKey(entry.key())) {
        merged.add(entry);
      }
    }
    changes.forEach(
        (key, change) ->
            change.value().ifPresent(value -> merged.add(Entry.of(change.name(), key, value))));
    merged.sort((left, right) -> left.key().compareTo(right.key()));
    return merged;
  }
}
