package org.muster.storage.memory;

import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.muster.kernel.Folding;
import org.muster.storage.Buried;
import org.muster.storage.Stored;

/** What one collection of one tenant holds, by id; for one thread at a time. */
final class Shelf {
  final NavigableMap<String, Stored> documents = new TreeMap<>(Folding.CODE_POINTS);
  final NavigableMap<String, Buried> tombstones = new TreeMap<>(Folding.CODE_POINTS);
  final KeyIndex keys = new KeyIndex();
  private final Map<Value, String> owners = new HashMap<>();
  private final Map<String, Set<Value>> claims = new HashMap<>();

  /** A value that can be claimed. */
  record Value(String attribute, String folded) {}

  /** The id of the document that has claimed a value. */
  @Nullable String owner(Value value) {
    return owners.get(value);
  }

  void claim(String id, Value value) {
    owners.put(value, id);
    claims.computeIfAbsent(id, owner -> new HashSet<>()).add(value);
  }

  void release(String id, Value value) {
    if (owners.remove(value, id)) {
      claims.computeIfPresent(
          id,
          (owner, values) -> {
            values.remove(value);
            return values.isEmpty() ? null : values;
          });
    }
  }

  void releaseAll(String id) {
    Set<Value> values = claims.remove(id);
    if (values != null) {
      values.forEach(owners::remove);
    }
  }
}
