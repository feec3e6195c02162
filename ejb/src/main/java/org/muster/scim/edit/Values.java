package org.muster.scim.edit;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.muster.scim.policy.Leniency;
import org.muster.scim.schema.Attribute;

/**
 * Reads the values that a client sends for an attribute into the form they are stored in: names as
 * the schema spells them, types checked, read-only and unknown sub-attributes left out, equal
 * values merged. What is given is not changed.
 */
final class Values {
  /** The most values of one attribute that a document holds. */
  static final int MAX_VALUES = 10_000;

  /** Why a member of a body is ignored. */
  static final String UNKNOWN = "no schema defines it";

  /** Why a member of a body is ignored. */
  static final String READ_ONLY = "it is read-only";

  /** The sub-attribute that says which value is the preferred one (RFC 7643 section 2.4). */
  static final String PRIMARY = "primary";

  private Values() {}

  /** All that an attribute holds; null if that is nothing. */
  static @Nullable JsonNode read(
      Attribute attribute, JsonNode value, Place place, Leniency leniency) {
    if (isUnassigned(attribute, value)) {
      return null;
    }
    return attribute.multiValued()
        ? array(attribute, value, place, leniency)
        : single(attribute, value, place, leniency);
  }

  /** Whether null or, for many values, an empty array: no value (RFC 7643 section 2.5). */
  static boolean isUnassigned(Attribute attribute, JsonNode value) {
    return value.isNull() || (attribute.multiValued() && value.isArray() && value.isEmpty());
  }

  /** One value of an attribute, multi-valued or not; null if that is nothing. */
  static @Nullable JsonNode single(
      Attribute attribute, JsonNode value, Place place, Leniency leniency) {
    return attribute.type() == Attribute.Type.COMPLEX
        ? complex(attribute, value, place, leniency)
        : SimpleValues.read(attribute, value, place);
  }

  private static @Nullable JsonNode array(
      Attribute attribute, JsonNode value, Place place, Leniency leniency) {
    if (!value.isArray()) {
      throw place.invalidValue("must be an array, not " + SimpleValues.kind(value));
    }
    checkCount(value.size(), place);
    ArrayNode values = JsonNodeFactory.instance.arrayNode(value.size());
    for (JsonNode element : value) {
      JsonNode read = single(attribute, element, place, leniency);
      if (read != null) {
        values.add(read);
      }
    }
    ArrayNode distinct = distinct(values);
    checkPrimaries(distinct, place);
    return distinct.isEmpty() ? null : distinct;
  }

  private static @Nullable ObjectNode complex(
      Attribute attribute, JsonNode object, Place place, Leniency leniency) {
    if (!object.isObject()) {
      throw place.invalidValue("must be an object, not " + SimpleValues.kind(object));
    }
    List<Attribute> subs = attribute.subAttributes();
    boolean[] seen = new boolean[subs.size()];
    ObjectNode read = JsonNodeFactory.instance.objectNode();
    for (Map.Entry<String, JsonNode> member : object.properties()) {
      int found = Names.find(subs, member.getKey());
      if (found < 0) {
        leniency.ignores(place.sub(member.getKey()), UNKNOWN);
        continue;
      }
      Attribute sub = subs.get(found);
      Place at = place.sub(sub.name());
      if (seen[found]) {
        throw at.twice();
      }
      seen[found] = true;
      if (Names.isReadOnly(sub)) {
        leniency.ignores(at, READ_ONLY);
        continue;
      }
      JsonNode value = read(sub, member.getValue(), at, leniency);
      if (value != null) {
        read.set(sub.name(), value);
      }
    }
    return read.isEmpty() ? null : read;
  }

  /** The values in their order, equal ones once (RFC 7643 section 2.4). */
  static ArrayNode distinct(ArrayNode values) {
    if (values.size() < 2) {
      return values;
    }
    Set<JsonNode> seen = new LinkedHashSet<>(values.size() * 2);
    values.forEach(seen::add);
    return seen.size() == values.size()
        ? values
        : JsonNodeFactory.instance.arrayNode(seen.size()).addAll(seen);
  }

  /** At most one value says that it is the primary one (RFC 7643 section 2.4). */
  static void checkPrimaries(ArrayNode values, Place place) {
    int primaries = 0;
    for (JsonNode value : values) {
      if (isPrimary(value) && ++primaries > 1) {
        throw place.invalidValue("must have at most one value with primary true");
      }
    }
  }

  static void checkCount(int count, Place place) {
    if (count > MAX_VALUES) {
      throw place.invalidValue("must have at most " + MAX_VALUES + " values");
    }
  }

  static boolean isPrimary(JsonNode value) {
    return value.path(PRIMARY).booleanValue();
  }

  /** Takes the mark of the primary value from a value that has it. */
  static void clearPrimary(JsonNode value) {
    if (isPrimary(value)) {
      ((ObjectNode) value).put(PRIMARY, false);
    }
  }
}
