package org.muster.scim.edit;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.muster.scim.edit.Edit.LinkValue;
import org.muster.scim.schema.Attribute;
import org.muster.storage.StorageKey;

/**
 * Reads the values of attributes that are links: {@code value} is the id of the other end, {@code
 * type} narrows what it may be, and everything else is derived and therefore ignored.
 */
final class LinkValues {
  private LinkValues() {}

  /** All that a link attribute holds; equal values once. */
  static List<LinkValue> read(Attribute attribute, JsonNode value, Place place) {
    if (value.isNull()) {
      return List.of();
    }
    if (!attribute.multiValued()) {
      return List.of(single(attribute, value, place));
    }
    if (!value.isArray()) {
      throw place.invalidValue("must be an array, not " + SimpleValues.kind(value));
    }
    return several(attribute, value, place);
  }

  /** As {@link #read}, but one value may stand for an array of one, as PATCH allows. */
  static List<LinkValue> readSome(Attribute attribute, JsonNode value, Place place) {
    return attribute.multiValued() && value.isObject()
        ? List.of(single(attribute, value, place))
        : read(attribute, value, place);
  }

  /** The link to the document with that id. */
  static LinkValue ofId(JsonNode id, Place place) {
    return new LinkValue(id(id, place), Optional.empty());
  }

  private static List<LinkValue> several(Attribute attribute, JsonNode values, Place place) {
    Map<String, LinkValue> byId = new LinkedHashMap<>(values.size() * 2);
    for (JsonNode value : values) {
      put(byId, single(attribute, value, place), place);
    }
    return new ArrayList<>(byId.values());
  }

  /** Adds a value; one of the same id is merged with it. */
  static void put(Map<String, LinkValue> byId, LinkValue link, Place place) {
    byId.merge(link.id(), link, (a, b) -> merge(a, b, place));
  }

  private static LinkValue merge(LinkValue first, LinkValue second, Place place) {
    if (first.type().isPresent()
        && second.type().isPresent()
        && !first.type().equals(second.type())) {
      throw place.invalidValue("must not have one id with two types");
    }
    return first.type().isPresent() ? first : second;
  }

  private static LinkValue single(Attribute attribute, JsonNode value, Place place) {
    if (!value.isObject()) {
      throw place.invalidValue(
          "must be an object with the member value, not " + SimpleValues.kind(value));
    }
    List<Attribute> subs = attribute.subAttributes();
    boolean[] seen = new boolean[subs.size()];
    String id = null;
    Optional<String> type = Optional.empty();
    for (Map.Entry<String, JsonNode> member : value.properties()) {
      int found = Names.find(subs, member.getKey());
      if (found < 0) {
        continue;
      }
      String name = subs.get(found).name();
      if (seen[found]) {
        throw place.sub(name).twice();
      }
      seen[found] = true;
      if (name.equals("value")) {
        id = id(member.getValue(), place.sub(name));
      } else if (name.equals("type")) {
        type = type(attribute, member.getValue(), place.sub(name));
      }
    }
    return new LinkValue(given(id, place), type);
  }

  private static String given(@Nullable String id, Place place) {
    if (id == null) {
      throw place.sub("value").invalidValue("is required: the id of the resource referred to");
    }
    return id;
  }

  private static String id(JsonNode value, Place place) {
    if (!value.isTextual() || !StorageKey.isId(value.textValue())) {
      throw place.invalidValue("must be the id of a resource, as a string");
    }
    return value.textValue();
  }

  private static Optional<String> type(Attribute attribute, JsonNode value, Place place) {
    if (value.isNull()) {
      return Optional.empty();
    }
    List<String> types = attribute.link().map(Attribute.Link::types).orElse(List.of());
    for (String type : types) {
      if (value.isTextual() && type.equalsIgnoreCase(value.textValue())) {
        return Optional.of(type);
      }
    }
    throw place.invalidValue("must be one of " + String.join(", ", types));
  }
}
