package org.muster.scim.history;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.muster.scim.schema.Attribute;
import org.muster.scim.schema.ResourceType;

/**
 * Attributes that are never returned (RFC 7643 section 7, "returned"), wherever a document or a
 * difference of two has them.
 */
final class Concealed {
  /**
   * Names from the top: of the attribute, or of an extension and its attribute, then of its part.
   */
  private final Set<List<String>> paths = new HashSet<>();

  Concealed(ResourceType type) {
    type.schema().attributes().forEach(attribute -> add(List.of(), attribute));
    type.extensions()
        .forEach(
            extension ->
                extension
                    .schema()
                    .attributes()
                    .forEach(attribute -> add(List.of(extension.schema().id()), attribute)));
  }

  private void add(List<String> above, Attribute attribute) {
    List<String> path = below(above, attribute.name());
    if (attribute.returned() == Attribute.Returned.NEVER) {
      paths.add(path);
    }
    attribute.subAttributes().forEach(sub -> add(path, sub));
  }

  private static List<String> below(List<String> above, String name) {
    List<String> path = new ArrayList<>(above);
    path.add(name);
    return path;
  }

  /** A document without them; the given one is changed. */
  ObjectNode in(ObjectNode document) {
    remove(document, List.of());
    return document;
  }

  /** The changes without those of them; the given ones are changed. */
  ArrayNode in(ArrayNode changes) {
    for (int i = changes.size() - 1; i >= 0; i--) {
      ObjectNode change = (ObjectNode) changes.get(i);
      List<String> path = path(change.path("path").asText());
      if (isConcealed(path)) {
        changes.remove(i);
      } else {
        remove(change.path("value"), path);
        remove(change.path("fromValue"), path);
      }
    }
    return changes;
  }

  private boolean isConcealed(List<String> path) {
    for (int length = 1; length <= path.size(); length++) {
      if (paths.contains(path.subList(0, length))) {
        return true;
      }
    }
    return false;
  }

  private void remove(JsonNode node, List<String> above) {
    if (node instanceof ArrayNode array) {
      array.forEach(element -> remove(element, above));
    } else if (node instanceof ObjectNode object && !paths.isEmpty()) {
      for (String name : List.copyOf(names(object))) {
        List<String> path = below(above, name);
        if (paths.contains(path)) {
          object.remove(name);
        } else {
          remove(object.get(name), path);
        }
      }
    }
  }

  private static List<String> names(ObjectNode object) {
    List<String> names = new ArrayList<>();
    object.fieldNames().forEachRemaining(names::add);
    return names;
  }

  /** The names of a JSON Pointer (RFC 6901), without the places in lists. */
  private static List<String> path(String pointer) {
    return Arrays.stream(pointer.split("/", -1))
        .skip(1)
        .map(part -> part.replace("~1", "/").replace("~0", "~"))
        .filter(part -> !part.equals("-") && !part.chars().allMatch(Character::isDigit))
        .toList();
  }
}
