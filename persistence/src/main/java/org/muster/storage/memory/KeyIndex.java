package org.muster.storage.memory;

import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableSet;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeSet;
import org.muster.kernel.Folding;
import org.muster.storage.Expression;

/** Finds documents by the keys that were put with them; for one thread at a time. */
final class KeyIndex {
  private final Map<Entry, NavigableSet<String>> ids = new HashMap<>();
  private final Map<String, SortedMap<String, List<String>>> keysOf = new HashMap<>();

  private record Entry(String path, String key) {}

  /** Makes {@code keys} those of a document. */
  void put(String id, SortedMap<String, List<String>> keys) {
    remove(id);
    keysOf.put(id, keys);
    keys.forEach(
        (path, each) ->
            each.forEach(
                key ->
                    ids.computeIfAbsent(
                            new Entry(path, key), entry -> new TreeSet<>(Folding.CODE_POINTS))
                        .add(id)));
  }

  void remove(String id) {
    SortedMap<String, List<String>> keys = keysOf.remove(id);
    if (keys != null) {
      keys.forEach((path, each) -> each.forEach(key -> remove(id, new Entry(path, key))));
    }
  }

  /**
   * The ids among which all are that satisfy the conditions together; empty if that would be every
   * document. A view, not to be changed.
   */
  Optional<NavigableSet<String>> candidates(List<Expression> conditions) {
    return conditions.stream()
        .map(KeyIndex::entry)
        .flatMap(Optional::stream)
        .map(entry -> ids.getOrDefault(entry, Collections.emptyNavigableSet()))
        .min((left, right) -> Integer.compare(left.size(), right.size()));
  }

  private static Optional<Entry> entry(Expression condition) {
    if (condition instanceof Expression.Compare compare
        && compare.operator() == Expression.Operator.EQ
        && compare.path().indexed()
        && !compare.path().isColumn()) {
      return Optional.of(new Entry(compare.path().name(), Folding.key(compare.operand())));
    }
    return Optional.empty();
  }

  private void remove(String id, Entry entry) {
    ids.computeIfPresent(
        entry,
        (each, owners) -> {
          owners.remove(id);
          return owners.isEmpty() ? null : owners;
        });
  }
}
