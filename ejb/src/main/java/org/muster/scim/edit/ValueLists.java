package org.muster.scim.edit;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.muster.scim.policy.Leniency;
import org.muster.scim.schema.Attribute;

/** Adds to and removes from the values of a multi-valued attribute. */
final class ValueLists {
  private ValueLists() {}

  /** The value itself, or an array of it alone. */
  static ArrayNode asArray(JsonNode value) {
    return value instanceof ArrayNode array
        ? array
        : JsonNodeFactory.instance.arrayNode(1).add(value);
  }

  /** The old values and behind them those given that are new. */
  static @Nullable JsonNode with(
      Attribute attribute, @Nullable JsonNode old, JsonNode value, Place place, Leniency leniency) {
    JsonNode given = Values.read(attribute, asArray(value), place, leniency);
    if (given == null || old == null) {
      return given == null ? old : given;
    }
    ArrayNode before = asArray(old);
    Set<JsonNode> known = new HashSet<>(before.size() * 2);
    before.forEach(known::add);
    ArrayNode all = JsonNodeFactory.instance.arrayNode(before.size() + given.size());
    all.addAll(before);
    JsonNode primary = null;
    for (JsonNode element : given) {
      if (!known.contains(element)) {
        all.add(element);
      }
      if (Values.isPrimary(element)) {
        primary = element;
      }
    }
    Values.checkCount(all.size(), place);
    return primary == null ? all : withPrimary(all, primary);
  }

  private static ArrayNode withPrimary(ArrayNode all, JsonNode primary) {
    for (JsonNode element : all) {
      if (!element.equals(primary)) {
        Values.clearPrimary(element);
      }
    }
    return Values.distinct(all);
  }

  /** The old values but for those that have all that one of the given ones says. */
  static @Nullable JsonNode without(
      Attribute attribute, ArrayNode old, JsonNode value, Place place) {
    Values.checkCount(asArray(value).size(), place);
    // By the names that are given, so that the cost does not grow with their number.
    Map<Set<String>, Set<JsonNode>> shapes = new HashMap<>();
    for (JsonNode element : asArray(value)) {
      JsonNode given = Values.single(attribute, element, place, Leniency.NONE);
      if (given != null) {
        shapes.computeIfAbsent(names(given), names -> new HashSet<>()).add(given);
      }
    }
    ArrayNode rest = JsonNodeFactory.instance.arrayNode(old.size());
    for (JsonNode element : old) {
      if (shapes.entrySet().stream()
          .noneMatch(shape -> shape.getValue().contains(only(element, shape.getKey())))) {
        rest.add(element);
      }
    }
    return rest.isEmpty() ? null : rest;
  }

  private static Set<String> names(JsonNode element) {
    Set<String> names = new HashSet<>();
    element.fieldNames().forEachRemaining(names::add);
    return names;
  }

  private static JsonNode only(JsonNode element, Set<String> names) {
    if (!element.isObject()) {
      return element;
    }
    ObjectNode part = JsonNodeFactory.instance.objectNode();
    for (String name : names) {
      if (element.has(name)) {
        part.set(name, element.get(name));
      }
    }
    return part;
  }

  /**
   * Keeps at most one value the primary one: one that an operation marks takes the mark from all
   * others (RFC 7644 section 3.5.2).
   */
  static final class Primaries {
    private final boolean marks;
    private final List<JsonNode> marked = new ArrayList<>();

    Primaries(boolean marks) {
      this.marks = marks;
    }

    /** The operation was applied to this value. */
    void mark(JsonNode element) {
      if (marks) {
        marked.add(element);
      }
    }

    /** The values as they are after the operation, equal ones once. */
    ArrayNode settle(ArrayNode values, Place place) {
      if (!marked.isEmpty()) {
        Set<JsonNode> kept = Collections.newSetFromMap(new IdentityHashMap<>());
        kept.addAll(marked);
        for (JsonNode value : values) {
          if (!kept.contains(value)) {
            Values.clearPrimary(value);
          }
        }
      }
      ArrayNode distinct = Values.distinct(values);
      Values.checkPrimaries(distinct, place);
      return distinct;
    }
  }
}
