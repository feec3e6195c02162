package org.muster.scim.definition;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import org.muster.access.Definition;
import org.muster.access.Definition.Kind;
import org.muster.kernel.TenantId;
import org.muster.storage.JsonDocument;

/**
 * A definition of a tenant while it is worked on.
 *
 * @param version that of its last change; 0 before there was one
 * @param json not to be changed
 */
record Entry(
    Kind kind,
    String name,
    long place,
    long version,
    Instant changed,
    ObjectNode json,
    List<String> pending,
    List<String> unindexed) {
  Entry {
    pending = List.copyOf(pending);
    unindexed = List.copyOf(unindexed);
  }

  static Entry of(Definition stored) {
    return new Entry(
        stored.kind(),
        stored.name(),
        stored.place(),
        stored.version(),
        stored.changed(),
        (ObjectNode) TenantResourceTypes.parse(stored.body()),
        stored.pending(),
        stored.unindexed());
  }

  /** URNs are the same in any case. */
  static String key(Kind kind, String name) {
    return kind + " " + (kind == Kind.SCHEMA ? name.toLowerCase(Locale.ROOT) : name);
  }

  String key() {
    return key(kind, name);
  }

  /** The same with other attributes to be prepared for. */
  Entry preparing(List<String> nowPending, List<String> nowUnindexed) {
    return new Entry(kind, name, place, version, changed, json, nowPending, nowUnindexed);
  }

  /** What is stored of it. */
  Definition stored(TenantId tenant, long newVersion, Instant now) {
    return new Definition(
        tenant,
        kind,
        name,
        place,
        newVersion,
        now,
        JsonDocument.of(json).text(),
        pending,
        unindexed);
  }
}
