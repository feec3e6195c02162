package org.muster.scim.edit;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Optional;
import org.muster.scim.schema.Attribute;
import org.muster.scim.schema.Attribute.Mutability;
import org.muster.scim.schema.ResourceType;
import org.muster.scim.schema.ResourceType.Extension;

/**
 * Whether a document has what its schemas require (RFC 7643 section 2.2, "required"): in the core
 * schema, in every extension that is required or has data, and in every complex value. Write-only
 * attributes and links are not in documents and are judged where they are read.
 */
final class Completeness {
  private Completeness() {}

  static void check(ResourceType type, ObjectNode document) {
    check(type.schema().attributes(), document, Optional.empty());
    for (Extension extension : type.extensions()) {
      String urn = extension.schema().id();
      JsonNode data = document.path(urn);
      if (data.isObject()) {
        check(extension.schema().attributes(), data, Optional.of(urn));
      }
    }
  }

  private static void check(List<Attribute> attributes, JsonNode data, Optional<String> urn) {
    for (Attribute attribute : attributes) {
      if (concerns(attribute)) {
        check(attribute, data.path(attribute.name()), Place.of(urn, attribute.name()));
      }
    }
  }

  private static boolean concerns(Attribute attribute) {
    return (attribute.required() || attribute.type() == Attribute.Type.COMPLEX)
        && attribute.link().isEmpty()
        && (attribute.mutability() == Mutability.READ_WRITE
            || attribute.mutability() == Mutability.IMMUTABLE);
  }

  private static void check(Attribute attribute, JsonNode value, Place place) {
    if (attribute.required() && isMissing(value)) {
      throw place.invalidValue("is required and must not be empty");
    }
    if (attribute.type() != Attribute.Type.COMPLEX || value.isMissingNode()) {
      return;
    }
    for (Attribute sub : attribute.subAttributes()) {
      if (concerns(sub)) {
        checkSub(sub, value, place);
      }
    }
  }

  private static void checkSub(Attribute sub, JsonNode value, Place place) {
    if (value.isArray()) {
      for (JsonNode element : value) {
        check(sub, element.path(sub.name()), place.sub(sub.name()));
      }
    } else {
      check(sub, value.path(sub.name()), place.sub(sub.name()));
    }
  }

  private static boolean isMissing(JsonNode value) {
    return value.isMissingNode()
        || value.isNull()
        || (value.isTextual() && value.textValue().isBlank())
        || (value.isContainerNode() && value.isEmpty());
  }
}
