package org.muster.signal;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Collection;
import java.util.Map;
import java.util.Optional;
import org.muster.scim.schema.Attribute;
import org.muster.scim.schema.AttributePath;

/**
 * The PATCH (RFC 7644 section 3.5.2) that does what was done, which is the {@code data} of a patch
 * event (RFC 9967 section 2.4.2).
 */
final class PatchData {
  private static final String SCHEMA = "urn:ietf:params:scim:api:messages:2.0:PatchOp";
  private static final String OP = "op";
  private static final String PATH = "path";
  private static final String VALUE = "value";

  private PatchData() {}

  /**
   * Gives attributes the values that they have.
   *
   * @param after the resource as it is shown
   */
  static ObjectNode of(Collection<AttributePath> changed, ObjectNode after) {
    ObjectNode data = data();
    for (AttributePath path : changed) {
      Optional<JsonNode> value = value(path, after);
      ObjectNode operation = operation(data, value.isPresent() ? "replace" : "remove", path);
      value.ifPresent(node -> operation.set(VALUE, node));
    }
    return data;
  }

  private static Optional<JsonNode> value(AttributePath path, ObjectNode resource) {
    JsonNode node = resource;
    for (String step : path.steps()) {
      node = node.path(step);
    }
    return node.isMissingNode() || node.isNull() ? Optional.empty() : Optional.of(node);
  }

  /**
   * Adds links.
   *
   * @param targets paths of resources behind the base URL, by type
   */
  static ObjectNode added(AttributePath path, Map<Target, String> targets) {
    ObjectNode data = data();
    if (path.attribute().multiValued()) {
      ArrayNode values = operation(data, "add", path).putArray(VALUE);
      targets.forEach((target, type) -> values.add(value(path.attribute(), target, type)));
    } else {
      targets.forEach(
          (target, type) ->
              operation(data, "replace", path).set(VALUE, value(path.attribute(), target, type)));
    }
    return data;
  }

  /** Removes links. */
  static ObjectNode removed(AttributePath path, Map<Target, String> targets) {
    ObjectNode data = data();
    if (!path.attribute().multiValued()) {
      operation(data, "remove", path);
      return data;
    }
    for (Target target : targets.keySet()) {
      String id = target.id().replace("\\", "\\\\").replace("\"", "\\\"");
      operation(data, "remove", path).put(PATH, path + "[value eq \"" + id + "\"]");
    }
    return data;
  }

  /**
   * What a link leads to.
   *
   * @param uri behind the base URL
   */
  record Target(String id, String uri) {}

  private static ObjectNode value(Attribute attribute, Target target, String type) {
    ObjectNode value = ScimEvents.object().put(VALUE, target.id()).put("$ref", target.uri());
    if (attribute.sub("type").isPresent()) {
      value.put("type", type);
    }
    return value;
  }

  private static ObjectNode data() {
    ObjectNode data = ScimEvents.object();
    data.putArray("schemas").add(SCHEMA);
    data.putArray("Operations");
    return data;
  }

  private static ObjectNode operation(ObjectNode data, String op, AttributePath path) {
    return ((ArrayNode) data.get("Operations")).addObject().put(OP, op).put(PATH, path.toString());
  }
}
