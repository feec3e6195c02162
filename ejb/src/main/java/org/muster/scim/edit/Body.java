package org.muster.scim.edit;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import org.muster.scim.edit.Edit.LinkValue;
import org.muster.scim.policy.Leniency;
import org.muster.scim.schema.Attribute;
import org.muster.scim.schema.Attribute.Mutability;
import org.muster.scim.schema.AttributePath;
import org.muster.scim.schema.ResourceType;
import org.muster.scim.schema.ResourceType.Extension;

/** The body of a POST or PUT, read: the document, the links and the secrets that it asks for. */
final class Body {
  private final ResourceType type;
  private final Leniency leniency;
  private final ObjectNode document = JsonNodeFactory.instance.objectNode();
  private final Map<String, List<LinkValue>> links = new HashMap<>();
  private final Map<String, Optional<String>> secrets = new HashMap<>();

  private Body(ResourceType type, Leniency leniency) {
    this.type = type;
    this.leniency = leniency;
  }

  static Body read(ResourceType type, ObjectNode json, Leniency leniency) {
    Body body = new Body(type, leniency);
    body.document.putArray(Names.SCHEMAS);
    body.readCore(json);
    body.document.set(Names.SCHEMAS, SchemasMember.of(type, body.document));
    return body;
  }

  /** What is to be stored, not yet judged as a whole. */
  ObjectNode document() {
    return document;
  }

  /** The links that the body gives for an attribute; empty if the body does not speak of it. */
  Optional<List<LinkValue>> links(AttributePath attribute) {
    return Optional.ofNullable(links.get(attribute.toString()));
  }

  /** The secrets that the body gives; empty ones are null in it. */
  Map<String, Optional<String>> secrets() {
    return secrets;
  }

  private void readCore(ObjectNode json) {
    List<Attribute> attributes = type.schema().attributes();
    boolean[] seen = new boolean[attributes.size() + Names.COMMON.size()];
    JsonNode schemas = null;
    Set<String> extensions = new TreeSet<>();
    for (Map.Entry<String, JsonNode> member : json.properties()) {
      String name = member.getKey();
      int found = find(attributes, name);
      if (found >= 0) {
        Attribute attribute = at(attributes, found);
        if (seen[found]) {
          throw new Place(null, attribute.name()).twice();
        }
        seen[found] = true;
        readAttribute(null, attribute, member.getValue(), document);
      } else if (name.equalsIgnoreCase(Names.SCHEMAS)) {
        if (schemas != null) {
          throw new Place(null, Names.SCHEMAS).twice();
        }
        schemas = member.getValue();
      } else if (name.indexOf(':') >= 0) {
        readExtension(name, member.getValue(), extensions);
      } else {
        leniency.ignores(name, Values.UNKNOWN);
      }
    }
    SchemasMember.check(type, schemas == null ? JsonNodeFactory.instance.missingNode() : schemas);
  }

  private static int find(List<Attribute> attributes, String name) {
    int found = Names.find(attributes, name);
    if (found >= 0) {
      return found;
    }
    int common = Names.find(Names.COMMON, name);
    return common < 0 ? -1 : attributes.size() + common;
  }

  private static Attribute at(List<Attribute> attributes, int found) {
    return found < attributes.size()
        ? attributes.get(found)
        : Names.COMMON.get(found - attributes.size());
  }

  private void readExtension(String name, JsonNode value, Set<String> seen) {
    Extension extension = Names.extension(type, name);
    Place place = new Place(null, extension.schema().id());
    if (!seen.add(place.name())) {
      throw place.twice();
    }
    if (value.isNull()) {
      return;
    }
    if (!value.isObject()) {
      throw place.invalidValue("must be an object, not " + SimpleValues.kind(value));
    }
    ObjectNode data = JsonNodeFactory.instance.objectNode();
    readExtension(extension, value, data);
    if (!data.isEmpty()) {
      document.set(place.name(), data);
    }
  }

  private void readExtension(Extension extension, JsonNode value, ObjectNode data) {
    List<Attribute> attributes = extension.schema().attributes();
    boolean[] seen = new boolean[attributes.size()];
    for (Map.Entry<String, JsonNode> member : value.properties()) {
      int found = Names.find(attributes, member.getKey());
      if (found >= 0) {
        Attribute attribute = attributes.get(found);
        if (seen[found]) {
          throw Place.of(Names.urn(extension), attribute.name()).twice();
        }
        seen[found] = true;
        readAttribute(extension, attribute, member.getValue(), data);
      } else {
        leniency.ignores(Place.of(Names.urn(extension), member.getKey()), Values.UNKNOWN);
      }
    }
  }

  private void readAttribute(
      @Nullable Extension extension, Attribute attribute, JsonNode value, ObjectNode into) {
    Place place = Place.of(Names.urn(extension), attribute.name());
    if (Names.isReadOnly(attribute)) {
      leniency.ignores(place, Values.READ_ONLY);
      return;
    }
    if (Names.isLink(attribute)) {
      links.put(place.toString(), LinkValues.read(attribute, value, place));
      return;
    }
    JsonNode read = Values.read(attribute, value, place, leniency);
    if (attribute.mutability() == Mutability.WRITE_ONLY) {
      secrets.put(place.toString(), Optional.ofNullable(read).map(JsonNode::textValue));
    } else if (read != null) {
      into.set(attribute.name(), read);
    }
  }

  /** Refuses a body that lacks an extension, a link or (for a new resource) a required secret. */
  void checkRequired(boolean create) {
    Completeness.check(type, document);
    checkOutside(null, create);
    for (Extension extension : type.extensions()) {
      if (document.has(extension.schema().id()) || hasLinks(extension)) {
        checkOutside(extension, create);
      } else if (extension.required()) {
        throw new Place(null, extension.schema().id())
            .invalidValue("is required by " + type.name());
      }
    }
  }

  private boolean hasLinks(Extension extension) {
    String prefix = extension.schema().id() + ":";
    return links.entrySet().stream()
        .anyMatch(entry -> entry.getKey().startsWith(prefix) && !entry.getValue().isEmpty());
  }

  private void checkOutside(@Nullable Extension extension, boolean create) {
    for (Attribute attribute : Names.attributes(type, extension)) {
      if (attribute.required() && lacks(attribute, Names.urn(extension), create)) {
        throw Place.of(Names.urn(extension), attribute.name())
            .invalidValue("is required and must not be empty");
      }
    }
  }

  private boolean lacks(Attribute attribute, Optional<String> urn, boolean create) {
    String path = Place.of(urn, attribute.name()).toString();
    if (Names.isLink(attribute)) {
      return links.getOrDefault(path, List.of()).isEmpty();
    }
    if (attribute.mutability() != Mutability.WRITE_ONLY) {
      // Completeness sees an extension only if it has data, and not if it has links alone.
      return !Names.isReadOnly(attribute) && urn.isPresent() && !document.has(urn.get());
    }
    Optional<String> secret = secrets.get(path);
    return secret == null ? create : secret.isEmpty();
  }
}
