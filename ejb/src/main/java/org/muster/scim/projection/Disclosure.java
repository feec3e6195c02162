package org.muster.scim.projection;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.LoadingCache;
import java.util.Collection;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.muster.scim.schema.Attribute;
import org.muster.scim.schema.Attribute.Returned;
import org.muster.scim.schema.CommonAttributes;
import org.muster.scim.schema.ResourceType;

/**
 * What may be told of documents of a type in whatever tells of the past: all attributes that the
 * type has, but for those that are never returned (RFC 7643 section 7). Of what a type does not
 * have any more nobody can say whether it may be told; so it is not. Immutable.
 */
public final class Disclosure {
  /** Of documents of no type that is known: nothing. */
  public static final Disclosure NOTHING = new Disclosure(new Part(Map.of(), false));

  // Weak keys compare by identity: resource types live long, and their deep hash is slow.
  private static final LoadingCache<ResourceType, Disclosure> HOT =
      Caffeine.newBuilder()
          .weakKeys()
          .maximumSize(10_000)
          .build(type -> new Disclosure(part(type)));

  private final Part top;

  /**
   * What may be told of an object.
   *
   * @param members those that may be, by their names in any case
   * @param whole whether all may be, so that nobody has to look
   */
  private record Part(Map<String, Part> members, boolean whole) {
    static final Part WHOLE = new Part(Map.of(), true);

    @Nullable Part of(String name) {
      return whole ? WHOLE : members.get(name);
    }
  }

  private Disclosure(Part top) {
    this.top = top;
  }

  /** What may be told of documents of a type. */
  public static Disclosure of(ResourceType type) {
    return HOT.get(type);
  }

  private static Part part(ResourceType type) {
    Map<String, Part> members = members(type.schema().attributes());
    CommonAttributes.ALL.forEach(common -> members.put(common.name(), Part.WHOLE));
    type.extensions()
        .forEach(
            extension ->
                members.put(
                    extension.schema().id(),
                    new Part(members(extension.schema().attributes()), false)));
    return new Part(members, false);
  }

  private static Map<String, Part> members(Collection<Attribute> attributes) {
    Map<String, Part> members = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
    for (Attribute attribute : attributes) {
      if (attribute.returned() != Returned.NEVER) {
        members.put(
            attribute.name(),
            attribute.subAttributes().isEmpty()
                ? Part.WHOLE
                : new Part(members(attribute.subAttributes()), false));
      }
    }
    return members;
  }

  /** What may be told of a document; the given one is left as it is, and its parts are shared. */
  public ObjectNode document(ObjectNode document) {
    return told(document, top);
  }

  /** What may be told of a JSON Patch of a document (RFC 6902), in the same way. */
  public ArrayNode changes(ArrayNode changes) {
    ArrayNode told = JsonNodeFactory.instance.arrayNode();
    for (JsonNode change : changes) {
      @Nullable Part part = part(change.path("path").asText());
      if (part != null) {
        ObjectNode copy = JsonNodeFactory.instance.objectNode();
        change.properties().forEach(m -> copy.set(m.getKey(), m.getValue()));
        tell(copy, "value", part);
        tell(copy, "fromValue", part);
        told.add(copy);
      }
    }
    return told;
  }

  private static void tell(ObjectNode change, String name, Part part) {
    @Nullable JsonNode value = change.get(name);
    if (value != null) {
      change.set(name, value(value, part));
    }
  }

  /** What may be told at a JSON Pointer (RFC 6901); null for nothing. */
  private @Nullable Part part(String pointer) {
    @Nullable Part part = top;
    for (String step : pointer.split("/", -1)) {
      String name = step.replace("~1", "/").replace("~0", "~");
      if (part == null || part.whole()) {
        return part;
      }
      if (!isPlace(name)) {
        part = part.of(name);
      }
    }
    return part;
  }

  /** Whether a step is a place in a list, or what stands before the first step. */
  private static boolean isPlace(String name) {
    return name.equals("-") || name.chars().allMatch(c -> c >= '0' && c <= '9');
  }

  private static JsonNode value(JsonNode value, Part part) {
    if (part.whole()) {
      return value;
    }
    if (value instanceof ArrayNode array) {
      ArrayNode told = JsonNodeFactory.instance.arrayNode(array.size());
      array.forEach(element -> told.add(value(element, part)));
      return told;
    }
    return value instanceof ObjectNode object ? told(object, part) : value;
  }

  private static ObjectNode told(ObjectNode object, Part part) {
    if (part.whole()) {
      return object;
    }
    ObjectNode told = JsonNodeFactory.instance.objectNode();
    for (Map.Entry<String, JsonNode> member : object.properties()) {
      @Nullable Part of = part.of(member.getKey());
      if (of != null) {
        told.set(member.getKey(), value(member.getValue(), of));
      }
    }
    return told;
  }
}
