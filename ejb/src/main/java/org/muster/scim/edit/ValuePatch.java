package org.muster.scim.edit;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import org.muster.scim.ScimException;
import org.muster.scim.edit.PatchRequest.Op;
import org.muster.scim.filter.Filter;
import org.muster.scim.filter.FilterEvaluation;
import org.muster.scim.policy.Leniency;
import org.muster.scim.policy.Switch;
import org.muster.scim.schema.Attribute;
import org.muster.scim.schema.Attribute.Mutability;

/**
 * One PATCH operation on an attribute that is kept in the document. Changes the object that holds
 * the attribute, which must be a copy of the caller's own.
 */
record ValuePatch(
    Attribute attribute,
    Optional<Attribute> sub,
    Optional<Filter> filter,
    Op op,
    Place place,
    Leniency leniency) {

  /** Applies the operation to the attribute as a member of {@code holder}. */
  void in(ObjectNode holder, JsonNode value) {
    if (filter.isEmpty() && sub.isEmpty()) {
      change(attribute, holder, value, place);
      return;
    }
    JsonNode old = holder.get(attribute.name());
    // What is immutable is compared with what becomes of it.
    JsonNode start = old != null && isImmutable(attribute) ? old.deepCopy() : old;
    JsonNode next =
        attribute.multiValued() || filter.isPresent()
            ? elements(start, value)
            : changeSub(start, value);
    put(attribute, holder, next, place);
  }

  private static boolean isImmutable(Attribute attribute) {
    return attribute.mutability() == Mutability.IMMUTABLE;
  }

  /** Applies the operation to the whole of a member. */
  private void change(Attribute member, ObjectNode holder, JsonNode value, Place at) {
    JsonNode old = holder.get(member.name());
    JsonNode next =
        switch (op) {
          case ADD -> Values.isUnassigned(member, value) ? old : added(member, old, value, at);
          case REPLACE ->
              Values.isUnassigned(member, value) ? null : replaced(member, old, value, at);
          case REMOVE ->
              member.multiValued() && old != null && !value.isMissingNode() && !value.isNull()
                  ? ValueLists.without(member, ValueLists.asArray(old), value, at)
                  : null;
        };
    put(member, holder, next, at);
  }

  private void put(Attribute member, ObjectNode holder, @Nullable JsonNode next, Place at) {
    JsonNode old = holder.get(member.name());
    if (old != null && isImmutable(member) && (next == null || !Immutables.same(old, next))) {
      throw at.mutability("is immutable and has a value");
    }
    if (next != null) {
      holder.set(member.name(), next);
    } else if (old != null) {
      if (member.required()) {
        throw at.mutability("is required");
      }
      holder.remove(member.name());
    }
  }

  private @Nullable JsonNode added(
      Attribute member, @Nullable JsonNode old, JsonNode value, Place at) {
    if (member.multiValued()) {
      return ValueLists.with(member, old, value, at, leniency);
    }
    return replaced(member, old, value, at);
  }

  private @Nullable JsonNode replaced(
      Attribute member, @Nullable JsonNode old, JsonNode value, Place at) {
    if (member.multiValued()) {
      return Values.read(member, ValueLists.asArray(value), at, leniency);
    }
    return member.type() == Attribute.Type.COMPLEX
        ? merged(member, old, value, at)
        : SimpleValues.read(member, value, at);
  }

  /** The sub-attributes that the value gives take the place of old ones; the others stay. */
  private @Nullable JsonNode merged(
      Attribute complex, @Nullable JsonNode old, JsonNode value, Place at) {
    if (!value.isObject()) {
      throw at.invalidValue("must be an object, not " + SimpleValues.kind(value));
    }
    ObjectNode target = target(complex, old);
    List<Attribute> subs = complex.subAttributes();
    boolean[] seen = new boolean[subs.size()];
    for (Map.Entry<String, JsonNode> given : value.properties()) {
      int found = Names.find(subs, given.getKey());
      if (found < 0) {
        leniency.ignores(at.sub(given.getKey()), Values.UNKNOWN);
        continue;
      }
      Attribute member = subs.get(found);
      if (seen[found]) {
        throw at.sub(member.name()).twice();
      }
      seen[found] = true;
      if (Names.isReadOnly(member)) {
        leniency.ignores(at.sub(member.name()), Values.READ_ONLY);
      } else {
        change(member, target, given.getValue(), at.sub(member.name()));
      }
    }
    return target.isEmpty() ? null : target;
  }

  private static ObjectNode target(Attribute complex, @Nullable JsonNode old) {
    if (old instanceof ObjectNode object) {
      return isImmutable(complex) ? object.deepCopy() : object;
    }
    return JsonNodeFactory.instance.objectNode();
  }

  private @Nullable JsonNode changeSub(@Nullable JsonNode old, JsonNode value) {
    Attribute member = sub.orElseThrow();
    ObjectNode target =
        old instanceof ObjectNode object ? object : JsonNodeFactory.instance.objectNode();
    change(member, target, value, place.sub(member.name()));
    return target.isEmpty() ? null : target;
  }

  /** Applies the operation to the elements that the filter selects; to all if there is none. */
  private @Nullable JsonNode elements(@Nullable JsonNode old, JsonNode value) {
    ArrayNode before = old == null ? JsonNodeFactory.instance.arrayNode() : ValueLists.asArray(old);
    ArrayNode after = JsonNodeFactory.instance.arrayNode(before.size());
    ValueLists.Primaries primaries = new ValueLists.Primaries(marksPrimary(value));
    Predicate<JsonNode> selected =
        filter.map(FilterEvaluation::elementTest).orElse(element -> true);
    boolean any = false;
    for (JsonNode element : before) {
      if (!selected.test(element)) {
        after.add(element);
        continue;
      }
      any = true;
      JsonNode next = element(element, value);
      if (next != null) {
        after.add(next);
        primaries.mark(next);
      }
    }
    if (!any) {
      return unselected(old, before, value);
    }
    if (!attribute.multiValued()) {
      return after.isEmpty() ? null : after.get(0);
    }
    ArrayNode distinct = primaries.settle(after, place);
    return distinct.isEmpty() ? null : distinct;
  }

  private @Nullable JsonNode unselected(@Nullable JsonNode old, ArrayNode before, JsonNode value) {
    if (op == Op.REMOVE
        && (filter.isEmpty()
            || leniency.coerces(
                Switch.UNMATCHED_FILTER_REMOVES_NOTHING, place, "nothing was there to remove"))) {
      return old;
    }
    Optional<ObjectNode> implied =
        op == Op.REMOVE || !leniency.allows(Switch.UNMATCHED_FILTER_CREATES)
            ? Optional.empty()
            : filter.filter(f -> attribute.multiValued()).flatMap(ImpliedElement::of);
    if (implied.isPresent()) {
      return withImplied(old, before, implied.get(), value);
    }
    throw ScimException.badRequest(
        ScimException.Type.NO_TARGET,
        place + " has no value" + (filter.isPresent() ? " that satisfies the filter" : ""));
  }

  /** The old values, and one that satisfies the filter and has what the operation says. */
  private @Nullable JsonNode withImplied(
      @Nullable JsonNode old, ArrayNode before, ObjectNode implied, JsonNode value) {
    leniency.coerces(Switch.UNMATCHED_FILTER_CREATES, place, "a value was added for the filter");
    JsonNode made =
        value.isNull()
            ? null
            : sub.isPresent()
                ? changeSub(implied, value)
                : merged(attribute, implied, value, place);
    if (made == null) {
      return old;
    }
    Values.checkCount(before.size() + 1, place);
    ArrayNode after = JsonNodeFactory.instance.arrayNode(before.size() + 1);
    after.addAll(before).add(made);
    ValueLists.Primaries primaries = new ValueLists.Primaries(Values.isPrimary(made));
    primaries.mark(made);
    return primaries.settle(after, place);
  }

  private @Nullable JsonNode element(JsonNode element, JsonNode value) {
    if (sub.isPresent()) {
      return changeSub(element, value);
    }
    if (op == Op.REMOVE || value.isNull()) {
      return op == Op.ADD ? element : null;
    }
    boolean merges =
        attribute.type() == Attribute.Type.COMPLEX && (op == Op.ADD || !attribute.multiValued());
    return merges
        ? merged(attribute, element, value, place)
        : Values.single(attribute, value, place, leniency);
  }

  /** Whether the operation says of the elements selected that they are the primary one. */
  private boolean marksPrimary(JsonNode value) {
    if (op == Op.REMOVE) {
      return false;
    }
    return sub.isPresent()
        ? sub.get().name().equals(Values.PRIMARY) && value.booleanValue()
        : value.isObject()
            && value.properties().stream()
                .anyMatch(
                    given ->
                        given.getKey().equalsIgnoreCase(Values.PRIMARY)
                            && given.getValue().booleanValue());
  }
}
