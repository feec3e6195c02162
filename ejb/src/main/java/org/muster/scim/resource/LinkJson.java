package org.muster.scim.resource;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.muster.scim.schema.Attribute;
import org.muster.scim.schema.ResourceType;
import org.muster.scim.schema.ResourceTypes;
import org.muster.storage.JsonDocument;
import org.muster.storage.Linked;
import org.muster.storage.StorageKey;

/** Shows links as the values of their attribute: value, $ref, type, display. For one thread. */
final class LinkJson {
  private final RequestContext context;
  private final ResourceTypes types;
  private final Map<String, Optional<String>> endpoints = new HashMap<>();

  LinkJson(RequestContext context, ResourceTypes types) {
    this.context = context;
    this.types = types;
  }

  /** Writes the shown sub-attributes of a link. */
  void write(JsonGenerator json, View.Shown shown, Linked link) throws IOException {
    json.writeStartObject();
    for (Attribute sub : shown.subs()) {
      Optional<String> value = value(shown.path().attribute(), sub, link);
      if (value.isPresent()) {
        json.writeStringField(sub.name(), value.get());
      }
    }
    json.writeEndObject();
  }

  /** A link with all its sub-attributes. */
  ObjectNode tree(Attribute attribute, Linked link) {
    ObjectNode tree = JsonDocument.MAPPER.createObjectNode();
    for (Attribute sub : attribute.subAttributes()) {
      value(attribute, sub, link).ifPresent(value -> tree.put(sub.name(), value));
    }
    return tree;
  }

  /** The URL of a resource. */
  Optional<String> location(StorageKey key) {
    return endpoints
        .computeIfAbsent(
            key.collection(),
            name -> types.byName(context.tenant(), name).map(ResourceType::endpoint))
        .map(endpoint -> context.baseUrl() + "/" + endpoint + "/" + key.id());
  }

  private Optional<String> value(Attribute attribute, Attribute sub, Linked link) {
    return switch (sub.name()) {
      case "value" -> Optional.of(link.other().id());
      case "$ref" -> location(link.other());
      case "display", "displayName" -> Optional.of(link.label()).filter(label -> !label.isEmpty());
      case "type" -> Optional.of(type(attribute, link));
      default -> Optional.empty();
    };
  }

  /** Where links are followed over links, how far it was (RFC 7643 section 4.1.2, groups). */
  private static String type(Attribute attribute, Linked link) {
    if (attribute.link().map(Attribute.Link::transitive).orElse(false)) {
      return link.direct() ? "direct" : "indirect";
    }
    return link.other().collection();
  }
}
