package org.muster.scim.edit;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.BooleanNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.NullNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.muster.scim.policy.Leniency;
import org.muster.scim.policy.Switch;
import org.muster.scim.schema.Attribute;
import org.muster.storage.JsonDocument;

/**
 * Puts what a client wrote in a way of its own into the form that RFC 7643 has for it, as far as
 * the leniency goes. Touches only what would be refused: all else comes back as the same node.
 */
@SuppressWarnings("ReferenceEquality") // the same node says that nothing was coerced
record ValueCoercion(Leniency leniency) {
  private static final JsonNodeFactory JSON = JsonNodeFactory.instance;

  /** All that an attribute is given. */
  JsonNode whole(Attribute attribute, JsonNode value, Place place) {
    if (leniency.isNone() || value.isNull() || Names.isReadOnly(attribute)) {
      return value;
    }
    if (!attribute.multiValued()) {
      return single(attribute, value, place);
    }
    if (value instanceof ArrayNode array) {
      return elements(attribute, array, place);
    }
    JsonNode read = element(attribute, value, place);
    return value.isTextual() && read.isObject() ? JSON.arrayNode(1).add(read) : read;
  }

  /** One value of a multi-valued attribute. */
  JsonNode element(Attribute attribute, JsonNode value, Place place) {
    if (value instanceof ObjectNode object && attribute.type() == Attribute.Type.COMPLEX) {
      return complex(attribute, object, place);
    }
    return value.isTextual() ? text(attribute, value, place) : value;
  }

  private JsonNode single(Attribute attribute, JsonNode value, Place place) {
    JsonNode one = value;
    if (value.isArray()
        && value.size() == 1
        && leniency.coerces(
            Switch.ARRAY_OF_ONE, place, "an array of one was taken for its element")) {
      one = value.get(0);
    }
    if (isEmpty(attribute, one)
        && leniency.coerces(Switch.EMPTY_TEXT_AS_NULL, place, "empty text was taken for null")) {
      return NullNode.instance;
    }
    return element(attribute, one, place);
  }

  /** Whether it is an empty text, or refers to one, where that is no value that could be meant. */
  private static boolean isEmpty(Attribute attribute, JsonNode value) {
    boolean textual =
        switch (attribute.type()) {
          case STRING, BINARY, REFERENCE -> true;
          case BOOLEAN, DECIMAL, INTEGER, DATE_TIME, COMPLEX -> false;
        };
    if (value.isTextual()) {
      return !textual && value.textValue().isBlank();
    }
    if (!Names.isLink(attribute) || !value.isObject()) {
      return false;
    }
    JsonNode id = member(value, "value");
    return id != null && (id.isNull() || (id.isTextual() && id.textValue().isBlank()));
  }

  private static @Nullable JsonNode member(JsonNode object, String name) {
    for (Map.Entry<String, JsonNode> member : object.properties()) {
      if (member.getKey().equalsIgnoreCase(name)) {
        return member.getValue();
      }
    }
    return null;
  }

  private JsonNode elements(Attribute attribute, ArrayNode values, Place place) {
    ArrayNode changed = null;
    for (int i = 0; i < values.size(); i++) {
      JsonNode read = element(attribute, values.get(i), place);
      if (read != values.get(i)) {
        changed = changed == null ? JSON.arrayNode(values.size()).addAll(values) : changed;
        changed.set(i, read);
      }
    }
    return changed == null ? values : changed;
  }

  private ObjectNode complex(Attribute attribute, ObjectNode object, Place place) {
    List<Attribute> subs = attribute.subAttributes();
    ObjectNode changed = null;
    for (Map.Entry<String, JsonNode> member : object.properties()) {
      int found = Names.find(subs, member.getKey());
      if (found < 0) {
        continue;
      }
      Attribute sub = subs.get(found);
      JsonNode read = whole(sub, member.getValue(), place.sub(sub.name()));
      if (read != member.getValue()) {
        changed = changed == null ? JSON.objectNode().setAll(object) : changed;
        changed.set(member.getKey(), read);
      }
    }
    return changed == null ? object : changed;
  }

  private JsonNode text(Attribute attribute, JsonNode value, Place place) {
    String text = value.textValue();
    if (attribute.type() == Attribute.Type.BOOLEAN) {
      boolean yes = text.equalsIgnoreCase("true");
      return (yes || text.equalsIgnoreCase("false"))
              && leniency.coerces(Switch.BOOLEAN_AS_TEXT, place, "text was taken for a boolean")
          ? BooleanNode.valueOf(yes)
          : value;
    }
    return attribute.type() == Attribute.Type.COMPLEX
            && !text.isBlank()
            && attribute.sub("value").isPresent()
            && leniency.coerces(
                Switch.COMPLEX_AS_TEXT, place, "text was taken for an object, or for its value")
        ? complex(attribute, object(text), place)
        : value;
  }

  private static ObjectNode object(String text) {
    if (text.startsWith("{")) {
      try {
        if (JsonDocument.MAPPER.readTree(text) instanceof ObjectNode object) {
          return object;
        }
      } catch (JsonProcessingException e) {
        // a text like any other, then
      }
    }
    return JSON.objectNode().put("value", text);
  }
}
