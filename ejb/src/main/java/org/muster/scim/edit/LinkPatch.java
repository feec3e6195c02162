package org.muster.scim.edit;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.muster.scim.edit.Edit.LinkEdit;
import org.muster.scim.edit.Edit.LinkValue;
import org.muster.scim.edit.PatchRequest.Op;
import org.muster.scim.filter.Filter;
import org.muster.scim.filter.FilterOperator;
import org.muster.scim.filter.PatchPath;
import org.muster.scim.schema.Attribute;
import org.muster.scim.schema.Attribute.Mutability;
import org.muster.scim.schema.AttributePath;
import org.muster.storage.StorageKey;

/**
 * Collects what a PATCH does to links. Neighbouring edits of one kind become one, and what a later
 * Replace overrules is left out, so that a thousand operations of one member each cost as much as
 * one of a thousand.
 */
final class LinkPatch {
  private final List<Pending> pending = new ArrayList<>();

  private enum Kind {
    ADD,
    REMOVE,
    REMOVE_WHERE,
    REPLACE
  }

  private record Pending(
      Kind kind, AttributePath attribute, Map<String, LinkValue> values, String filter) {
    LinkEdit edit() {
      List<LinkValue> list = List.copyOf(values.values());
      return switch (kind) {
        case ADD -> new LinkEdit.Add(attribute, list);
        case REMOVE -> new LinkEdit.Remove(attribute, list);
        case REMOVE_WHERE -> new LinkEdit.RemoveWhere(attribute, filter);
        case REPLACE -> new LinkEdit.Replace(attribute, list);
      };
    }
  }

  /** The edits in their order. */
  List<LinkEdit> edits() {
    return pending.stream().map(Pending::edit).toList();
  }

  /** Removes all links of an attribute. */
  void clear(AttributePath path) {
    Place place = Place.of(path.extension(), path.attribute().name());
    if (path.attribute().mutability() == Mutability.IMMUTABLE) {
      throw place.mutability("is immutable");
    }
    replace(path, List.of());
  }

  /** Applies an operation to a link attribute. */
  void apply(AttributePath path, Optional<Filter> filter, Op op, JsonNode value) {
    Place place = Place.of(path.extension(), path.attribute().name());
    AttributePath links = new AttributePath(path.extension(), path.attribute(), Optional.empty());
    if (path.sub().isPresent()) {
      applyToSub(path, links, op, value, place.sub(path.leaf().name()));
    } else if (filter.isPresent()) {
      if (op != Op.REMOVE) {
        throw place.mutability("has values that don't change: remove the one, and add the other");
      }
      checkRemovable(links.attribute(), false, place);
      removeWhere(links, filter.get());
    } else {
      applyToAll(links, op, value, place);
    }
  }

  private void applyToAll(AttributePath path, Op op, JsonNode value, Place place) {
    Attribute attribute = path.attribute();
    switch (op) {
      case ADD -> add(path, LinkValues.readSome(attribute, value, place), place);
      case REPLACE -> {
        List<LinkValue> values = LinkValues.readSome(attribute, value, place);
        if (values.isEmpty()) {
          checkRemovable(attribute, true, place);
        }
        if (attribute.mutability() == Mutability.IMMUTABLE) {
          add(path, values, place);
        } else {
          replace(path, values);
        }
      }
      case REMOVE -> {
        boolean some = attribute.multiValued() && !value.isMissingNode() && !value.isNull();
        checkRemovable(attribute, !some, place);
        if (some) {
          remove(path, LinkValues.readSome(attribute, value, place), place);
        } else {
          replace(path, List.of());
        }
      }
    }
  }

  private static void checkRemovable(Attribute attribute, boolean all, Place place) {
    if (attribute.mutability() == Mutability.IMMUTABLE) {
      throw place.mutability("is immutable");
    }
    if (all && attribute.required()) {
      throw place.mutability("is required");
    }
  }

  /** The id of a single link may be set by itself; everything else of a link never changes. */
  private void applyToSub(
      AttributePath path, AttributePath links, Op op, JsonNode value, Place place) {
    if (path.attribute().multiValued() || !path.leaf().name().equals("value")) {
      throw place.mutability("can't be changed within " + path.attribute().name());
    }
    Place of = Place.of(path.extension(), path.attribute().name());
    if (op == Op.REMOVE || value.isNull()) {
      if (op != Op.ADD) {
        applyToAll(links, op, value, of);
      }
    } else if (path.attribute().mutability() == Mutability.IMMUTABLE) {
      add(links, List.of(LinkValues.ofId(value, place)), of);
    } else {
      replace(links, List.of(LinkValues.ofId(value, place)));
    }
  }

  private void removeWhere(AttributePath path, Filter filter) {
    Place place = Place.of(path.extension(), path.attribute().name());
    List<LinkValue> values = new ArrayList<>();
    if (isIds(filter, values)) {
      remove(path, values, place);
      return;
    }
    String text = new PatchPath.OfAttribute(path, Optional.of(filter)).filterText().orElseThrow();
    pending.add(new Pending(Kind.REMOVE_WHERE, path, Map.of(), text));
  }

  /** Whether the filter is {@code value eq "…"}, or several of that with "or" between them. */
  private static boolean isIds(Filter filter, List<LinkValue> values) {
    if (filter instanceof Filter.Or or) {
      return or.parts().stream().allMatch(part -> isIds(part, values));
    }
    if (filter instanceof Filter.Comparison comparison
        && comparison.operator() == FilterOperator.EQ
        && comparison.path().leaf().name().equals("value")) {
      String id = comparison.value().textValue();
      if (StorageKey.isId(id)) {
        values.add(new LinkValue(id, Optional.empty()));
      }
      return true;
    }
    return false;
  }

  private void add(AttributePath path, List<LinkValue> values, Place place) {
    if (values.isEmpty()) {
      return;
    }
    if (path.attribute().multiValued()) {
      join(Kind.ADD, path, values, place);
    } else if (path.attribute().mutability() == Mutability.IMMUTABLE) {
      pending.add(pendingOf(Kind.ADD, path, values));
    } else {
      replace(path, values);
    }
  }

  private void remove(AttributePath path, List<LinkValue> values, Place place) {
    if (!values.isEmpty()) {
      join(Kind.REMOVE, path, values, place);
    }
  }

  private void replace(AttributePath path, List<LinkValue> values) {
    pending.removeIf(earlier -> isSame(earlier.attribute(), path));
    pending.add(pendingOf(Kind.REPLACE, path, values));
  }

  private void join(Kind kind, AttributePath path, List<LinkValue> values, Place place) {
    if (!pending.isEmpty()) {
      Pending last = pending.get(pending.size() - 1);
      if (last.kind() == kind && isSame(last.attribute(), path)) {
        values.forEach(value -> LinkValues.put(last.values(), value, place));
        return;
      }
    }
    pending.add(pendingOf(kind, path, values));
  }

  private static Pending pendingOf(Kind kind, AttributePath path, List<LinkValue> values) {
    Map<String, LinkValue> byId = new LinkedHashMap<>(values.size() * 2);
    values.forEach(value -> byId.put(value.id(), value));
    return new Pending(kind, path, byId, "");
  }

  private static boolean isSame(AttributePath left, AttributePath right) {
    return left.attribute().name().equals(right.attribute().name())
        && left.extension().equals(right.extension());
  }
}
