package org.muster.scim.definition;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.muster.access.Definition;
import org.muster.access.Definition.Kind;
import org.muster.kernel.TenantId;

/** The definitions of a tenant while they are changed. For one thread. */
final class Draft {
  private final Map<String, Entry> entries = new LinkedHashMap<>();
  private final Set<String> written = new LinkedHashSet<>();
  private final List<Entry> gone = new ArrayList<>();
  private long lastPlace;

  Draft(List<Definition> stored) {
    for (Definition definition : stored) {
      Entry entry = Entry.of(definition);
      entries.put(entry.key(), entry);
      lastPlace = Math.max(lastPlace, entry.place());
    }
  }

  Optional<Entry> find(Kind kind, String name) {
    return Optional.ofNullable(entries.get(Entry.key(kind, name)));
  }

  List<Entry> entries() {
    return List.copyOf(entries.values());
  }

  long count(Kind kind) {
    return entries.values().stream().filter(entry -> entry.kind() == kind).count();
  }

  /** Adds or replaces a definition; one that is the same already is left alone. */
  void put(Kind kind, String name, ObjectNode json) {
    Optional<Entry> old = find(kind, name);
    if (old.map(Entry::json).filter(json::equals).isPresent()) {
      return;
    }
    List<String> pending = old.map(Entry::pending).orElse(List.of());
    List<String> unindexed = old.map(Entry::unindexed).orElse(List.of());
    long place = old.map(Entry::place).orElseGet(() -> ++lastPlace);
    Entry entry = new Entry(kind, name, place, 0, Instant.EPOCH, json, pending, unindexed);
    entries.put(entry.key(), entry);
    written.add(entry.key());
  }

  void remove(Entry entry) {
    entries.remove(entry.key());
    gone.add(entry);
  }

  /** Says for which attributes stored resources are to be prepared. */
  void prepare(String type, List<String> pending) {
    Optional<Entry> entry = find(Kind.RESOURCE_TYPE, type);
    if (entry.isPresent() && !entry.get().pending().equals(pending)) {
      List<String> unindexed =
          entry.get().unindexed().stream().filter(name -> !pending.contains(name)).toList();
      entries.put(entry.get().key(), entry.get().preparing(pending, unindexed));
      written.add(entry.get().key());
    }
  }

  boolean isUnchanged() {
    return written.isEmpty() && gone.isEmpty();
  }

  List<Definition> puts(TenantId tenant, long version, Instant now) {
    return entries.values().stream()
        .filter(entry -> written.contains(entry.key()))
        .map(entry -> entry.stored(tenant, version, now))
        .toList();
  }

  List<Definition> gone(TenantId tenant) {
    return gone.stream()
        .map(entry -> entry.stored(tenant, entry.version(), entry.changed()))
        .toList();
  }

  /** A definition without what the server says of it. */
  static ObjectNode cleaned(JsonNode json) {
    ObjectNode clean = json.deepCopy();
    clean.remove(List.of("meta", "x-indexes"));
    return clean;
  }
}
