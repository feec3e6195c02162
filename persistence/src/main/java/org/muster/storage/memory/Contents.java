package org.muster.storage.memory;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableSet;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.muster.event.document.DocumentState;
import org.muster.kernel.TenantId;
import org.muster.kernel.Version;
import org.muster.storage.Buried;
import org.muster.storage.Expression;
import org.muster.storage.StorageKey;
import org.muster.storage.Stored;

/** All that a memory store holds; for one writer at a time, or many readers. */
final class Contents {
  final LinkGraph links = new LinkGraph();
  private final Map<TenantId, Map<String, Shelf>> shelves = new HashMap<>();
  private long lastVersion;

  long nextVersion() {
    return ++lastVersion;
  }

  /** Makes sure that the next version is behind this one. */
  void pass(Version given) {
    lastVersion = Math.max(lastVersion, given.value());
  }

  /** The shelf of a collection, for reading: an empty one if nothing was ever written. */
  Shelf shelf(TenantId tenant, String collection) {
    Shelf shelf = shelves.getOrDefault(tenant, Map.of()).get(collection);
    return shelf == null ? new Shelf() : shelf;
  }

  /** The shelf of a key, for writing. */
  Shelf shelfToWrite(StorageKey key) {
    return shelves
        .computeIfAbsent(key.tenant(), tenant -> new HashMap<>())
        .computeIfAbsent(key.collection(), collection -> new Shelf());
  }

  /** Removes collections of a tenant; returns how many documents and tombstones that were. */
  long erase(TenantId tenant, Predicate<String> collections) {
    Map<String, Shelf> all = shelves.getOrDefault(tenant, Map.of());
    long removed = 0;
    for (String collection : List.copyOf(all.keySet())) {
      Shelf shelf = collections.test(collection) ? all.remove(collection) : null;
      if (shelf != null) {
        shelf.documents.values().forEach(stored -> links.removeAll(stored.key()));
        removed += shelf.documents.size() + shelf.tombstones.size();
      }
    }
    if (all.isEmpty()) {
      shelves.remove(tenant);
    }
    return removed;
  }

  /** How many live documents the collections of a tenant have. */
  SortedMap<String, Long> counts(TenantId tenant) {
    SortedMap<String, Long> counts = new TreeMap<>();
    shelves
        .getOrDefault(tenant, Map.of())
        .forEach(
            (collection, shelf) -> {
              if (!shelf.documents.isEmpty()) {
                counts.put(collection, (long) shelf.documents.size());
              }
            });
    return counts;
  }

  /** Puts a document in as it is. */
  void hold(DocumentState state) {
    StorageKey key = state.key();
    Shelf shelf = shelfToWrite(key);
    Stored stored =
        new Stored(
            key,
            state.version().orElseThrow(),
            state.created(),
            state.modified(),
            state.label(),
            state.document().orElseThrow(),
            List.of());
    shelf.documents.put(key.id(), stored);
    shelf.keys.put(key.id(), state.keys());
  }

  /** Puts the links of a document in, those between documents that are held. */
  void holdLinks(DocumentState state) {
    if (live(state.key()) == null) {
      return;
    }
    state
        .links()
        .forEach(
            (relation, ends) ->
                ends.stream()
                    .filter(end -> live(end) != null)
                    .forEach(end -> links.add(state.key(), relation, end)));
  }

  /** The live document under a key. */
  @Nullable Stored live(StorageKey key) {
    return shelf(key.tenant(), key.collection()).documents.get(key.id());
  }

  /** The tombstone under a key. */
  @Nullable Buried buried(StorageKey key) {
    return shelf(key.tenant(), key.collection()).tombstones.get(key.id());
  }

  /** All tombstones of a tenant. */
  Stream<Buried> buried(TenantId tenant) {
    return shelves.getOrDefault(tenant, Map.of()).values().stream()
        .flatMap(shelf -> shelf.tombstones.values().stream());
  }

  /** Whether a document has a link that the condition asks for; does not walk a large group. */
  boolean hasLink(StorageKey key, Expression.HasLink condition) {
    NavigableSet<StorageKey> ends =
        condition.transitive()
            ? links.reached(key, condition.relation(), condition.direction())
            : links.ends(key, condition.relation(), condition.direction());
    if (condition.test() instanceof Expression.LinkTest.Id test) {
      return StorageKey.isId(test.id())
          && shelves.getOrDefault(key.tenant(), Map.of()).keySet().stream()
              .anyMatch(each -> ends.contains(new StorageKey(key.tenant(), each, test.id())));
    }
    if (condition.test() instanceof Expression.LinkTest.InCollection test) {
      StorageKey first = ends.isEmpty() ? null : ends.ceiling(before(key, test.collection()));
      return first != null && first.collection().equals(test.collection());
    }
    return !ends.isEmpty();
  }

  /** A place before every id of a collection. */
  private static StorageKey before(StorageKey key, String collection) {
    return new StorageKey(key.tenant(), collection, "\u0001");
  }
}
