package org.muster.scim.definition;

import com.fasterxml.jackson.databind.node.ObjectNode;
import com.github.f4b6a3.uuid.UuidCreator;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.muster.access.Definition.Kind;
import org.muster.event.Append;
import org.muster.event.EventType;
import org.muster.event.Expected;
import org.muster.event.Recorded;
import org.muster.kernel.Origin;
import org.muster.kernel.TenantId;
import org.muster.storage.JsonDocument;
import org.muster.storage.StorageKey;

/**
 * The events of a change of definitions, a stream for each of them: {@code document} is the
 * definition as it is now, {@code removed} is true where there is none any more.
 */
final class DefinitionEvents {
  private final TenantId tenant;
  private final Origin origin;
  private final Instant time;
  private final List<Append> appends = new ArrayList<>();

  private DefinitionEvents(TenantId tenant, Origin origin, Instant time) {
    this.tenant = tenant;
    this.origin = origin;
    this.time = time.truncatedTo(ChronoUnit.MILLIS);
  }

  /** What is told of the step from one set of definitions to another. */
  static List<Append> of(
      TenantId tenant, List<Entry> before, List<Entry> after, Origin origin, Instant time) {
    DefinitionEvents events = new DefinitionEvents(tenant, origin, time);
    Map<String, Entry> old = new HashMap<>();
    before.forEach(entry -> old.put(entry.key(), entry));
    for (Entry entry : after) {
      Entry known = old.remove(entry.key());
      if (known == null) {
        events.add(EventType.SCHEMA_REGISTERED, entry, told(entry));
      } else if (!known.json().equals(entry.json())) {
        events.add(EventType.SCHEMA_CHANGED, entry, told(entry));
      }
    }
    for (Entry entry : before) {
      if (old.containsKey(entry.key())) {
        events.add(
            EventType.SCHEMA_CHANGED,
            entry,
            JsonDocument.MAPPER.createObjectNode().put("removed", true));
      }
    }
    return events.appends;
  }

  private static ObjectNode told(Entry entry) {
    ObjectNode content = JsonDocument.MAPPER.createObjectNode();
    content.set("document", entry.json());
    return content;
  }

  private void add(EventType type, Entry entry, ObjectNode content) {
    Recorded recorded =
        new Recorded(
            UuidCreator.getTimeOrderedEpoch(),
            type,
            Recorded.FORM,
            Optional.empty(),
            time,
            origin,
            Optional.of(JsonDocument.of(content)));
    String collection = entry.kind() == Kind.SCHEMA ? "$schemas" : "$resource-types";
    appends.add(
        new Append(
            new StorageKey(tenant, collection, entry.name()),
            new Expected.Any(),
            List.of(recorded)));
  }
}
