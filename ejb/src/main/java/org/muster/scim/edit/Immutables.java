package org.muster.scim.edit;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.muster.scim.schema.Attribute;
import org.muster.scim.schema.Attribute.Mutability;
import org.muster.scim.schema.ResourceType;
import org.muster.scim.schema.ResourceType.Extension;

/**
 * Immutable attributes in a PUT (RFC 7644 section 3.5.1): once there is a value, another one is
 * refused and an absent one is taken as the same. Sub-attributes count where their parent has one
 * value; the values of a multi-valued attribute come and go as a whole.
 */
final class Immutables {
  private static final ObjectNode NOTHING = JsonNodeFactory.instance.objectNode();

  private Immutables() {}

  /** Holds {@code next} against {@code current}, and brings over what it is silent about. */
  static void keep(ResourceType type, ObjectNode current, ObjectNode next) {
    keep(type.schema().attributes(), current, next, Optional.empty());
    boolean added = false;
    for (Extension extension : type.extensions()) {
      String urn = extension.schema().id();
      if (current.get(urn) instanceof ObjectNode before) {
        added |= keepMember(extension.schema().attributes(), urn, before, next);
      }
    }
    if (added) {
      next.set(Names.SCHEMAS, SchemasMember.of(type, next));
    }
  }

  private static boolean keepMember(
      List<Attribute> attributes, String urn, ObjectNode before, ObjectNode next) {
    ObjectNode after = next.get(urn) instanceof ObjectNode given ? given : NOTHING.deepCopy();
    keep(attributes, before, after, Optional.of(urn));
    if (after.isEmpty() || next.has(urn)) {
      return false;
    }
    next.set(urn, after);
    return true;
  }

  private static void keep(
      List<Attribute> attributes, ObjectNode before, ObjectNode after, Optional<String> urn) {
    for (Attribute attribute : attributes) {
      JsonNode old = before.get(attribute.name());
      if (old != null) {
        keep(attribute, old, after, Place.of(urn, attribute.name()));
      }
    }
  }

  private static void keep(Attribute attribute, JsonNode old, ObjectNode after, Place place) {
    if (attribute.mutability() == Mutability.IMMUTABLE) {
      JsonNode given = after.get(attribute.name());
      if (given == null) {
        after.set(attribute.name(), old.deepCopy());
      } else if (!same(old, given)) {
        throw place.mutability("is immutable and has another value already");
      }
    } else if (attribute.type() == Attribute.Type.COMPLEX && old instanceof ObjectNode before) {
      keepSubs(attribute, before, after, place);
    }
  }

  private static void keepSubs(
      Attribute attribute, ObjectNode before, ObjectNode after, Place place) {
    String name = attribute.name();
    ObjectNode given = after.get(name) instanceof ObjectNode object ? object : NOTHING.deepCopy();
    for (Attribute sub : attribute.subAttributes()) {
      JsonNode old = before.get(sub.name());
      if (old != null && sub.mutability() == Mutability.IMMUTABLE) {
        keep(sub, old, given, place.sub(sub.name()));
      }
    }
    if (!given.isEmpty()) {
      after.set(name, given);
    }
  }

  /** Values of a multi-valued attribute have no order (RFC 7643 section 2.4). */
  static boolean same(JsonNode old, JsonNode given) {
    if (!old.isArray() || !given.isArray()) {
      return SameJson.test(old, given);
    }
    return old.size() == given.size() && elements(old).equals(elements(given));
  }

  private static Set<JsonNode> elements(JsonNode array) {
    Set<JsonNode> elements = new java.util.HashSet<>();
    array.forEach(elements::add);
    return elements;
  }
}
