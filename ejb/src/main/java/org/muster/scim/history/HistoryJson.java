package org.muster.scim.history;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Optional;
import org.muster.event.Event;
import org.muster.event.Recorded;
import org.muster.kernel.Origin;
import org.muster.scim.projection.Disclosure;
import org.muster.storage.JsonDocument;

/** An event as an administrator reads it. */
final class HistoryJson {
  private HistoryJson() {}

  static ObjectNode of(Event event, Disclosure disclosure) {
    Recorded recorded = event.recorded();
    Origin origin = recorded.origin();
    ObjectNode json = JsonDocument.MAPPER.createObjectNode();
    json.put("id", recorded.id().toString());
    json.put("number", event.number());
    json.put("type", event.type().word());
    recorded.version().ifPresent(version -> json.put("version", version.toString()));
    json.put("time", recorded.time().toString());
    json.put("actor", origin.actor());
    put(json, "client", origin.client());
    put(json, "userAgent", origin.userAgent());
    put(json, "requestId", origin.requestId());
    put(json, "address", origin.address());
    if (recorded.content().isEmpty()) {
      json.put("erased", true);
    }
    recorded.content().ifPresent(content -> add(json, content.tree(), disclosure));
    return json;
  }

  private static void add(ObjectNode json, ObjectNode content, Disclosure disclosure) {
    if (content.get("changes") instanceof ArrayNode changes) {
      json.set("changes", disclosure.changes(changes));
    } else if (content.get("document") instanceof ObjectNode document) {
      json.set("document", disclosure.document(document));
    } else if (content.has("relation")) {
      json.set("relation", content.get("relation"));
      json.set("targets", content.get("targets"));
    }
  }

  private static void put(ObjectNode json, String name, Optional<String> value) {
    value.ifPresent(text -> json.put(name, text));
  }
}
