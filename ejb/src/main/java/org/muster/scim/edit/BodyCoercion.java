package org.muster.scim.edit;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.muster.scim.policy.Leniency;
import org.muster.scim.policy.Switch;
import org.muster.scim.schema.Attribute;
import org.muster.scim.schema.ResourceType;
import org.muster.scim.schema.ResourceType.Extension;

/** Puts the body of a POST or PUT into the form of RFC 7643, as far as the leniency goes. */
final class BodyCoercion {
  private static final JsonNodeFactory JSON = JsonNodeFactory.instance;

  private final ResourceType type;
  private final Leniency leniency;
  private final ValueCoercion values;

  private BodyCoercion(ResourceType type, Leniency leniency) {
    this.type = type;
    this.leniency = leniency;
    this.values = new ValueCoercion(leniency);
  }

  /** The body as the RFC would have it; the argument is not changed. */
  static ObjectNode of(ResourceType type, ObjectNode body, Leniency leniency) {
    return leniency.isNone() ? body : new BodyCoercion(type, leniency).read(body);
  }

  private ObjectNode read(ObjectNode body) {
    ObjectNode read = JSON.objectNode();
    boolean schemas = false;
    for (Map.Entry<String, JsonNode> member : body.properties()) {
      String name = member.getKey();
      if (name.equalsIgnoreCase(Names.SCHEMAS)) {
        schemas = true;
        read.set(name, SchemasMember.completed(type, member.getValue(), leniency));
      } else if (name.indexOf(':') >= 0) {
        extension(name, member.getValue(), read);
      } else {
        read.set(name, value(null, type.schema().attributes(), member));
      }
    }
    if (!schemas && leniency.allows(Switch.SCHEMAS_OPTIONAL)) {
      read.set(Names.SCHEMAS, SchemasMember.completed(type, JSON.arrayNode(), leniency));
    }
    return read;
  }

  private void extension(String name, JsonNode value, ObjectNode into) {
    Optional<Extension> extension = type.extension(name);
    if (extension.isEmpty()) {
      if (!leniency.coerces(Switch.IGNORE_UNKNOWN, name, "no such extension: it was ignored")) {
        into.set(name, value);
      }
    } else if (value.isObject()) {
      ObjectNode data = JSON.objectNode();
      List<Attribute> attributes = extension.get().schema().attributes();
      for (Map.Entry<String, JsonNode> member : value.properties()) {
        data.set(member.getKey(), value(extension.get(), attributes, member));
      }
      into.set(name, data);
    } else {
      into.set(name, value);
    }
  }

  private JsonNode value(
      @Nullable Extension extension,
      List<Attribute> attributes,
      Map.Entry<String, JsonNode> member) {
    int found = Names.find(attributes, member.getKey());
    if (found < 0) {
      return member.getValue();
    }
    Attribute attribute = attributes.get(found);
    Place place = Place.of(Names.urn(extension), attribute.name());
    return values.whole(attribute, member.getValue(), place);
  }
}
