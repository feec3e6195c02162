package org.muster.scim.edit;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.muster.scim.filter.Filter;
import org.muster.scim.filter.FilterOperator;
import org.muster.scim.schema.Attribute;
import org.muster.scim.schema.AttributePath;

/** The value that a filter in brackets describes, if it says nothing but what equals what. */
final class ImpliedElement {
  private ImpliedElement() {}

  /** A new value that satisfies the filter; empty if the filter leaves open what that is. */
  static Optional<ObjectNode> of(Filter filter) {
    ObjectNode element = JsonNodeFactory.instance.objectNode();
    return fill(filter, element) ? Optional.of(element) : Optional.empty();
  }

  private static boolean fill(Filter filter, ObjectNode element) {
    if (filter instanceof Filter.And and) {
      return and.parts().stream().allMatch(part -> fill(part, element));
    }
    return filter instanceof Filter.Comparison comparison
        && comparison.operator() == FilterOperator.EQ
        && comparison.path().sub().isPresent()
        && put(comparison.path(), comparison.value(), element);
  }

  private static boolean put(AttributePath path, JsonNode value, ObjectNode element) {
    Attribute sub = path.leaf();
    if (Names.isReadOnly(sub) || sub.multiValued()) {
      return false;
    }
    Place place = Place.of(path.extension(), path.attribute().name()).sub(sub.name());
    @Nullable JsonNode before = element.get(sub.name());
    JsonNode read = SimpleValues.read(sub, value, place);
    element.set(sub.name(), read);
    return before == null || before.equals(read);
  }
}
