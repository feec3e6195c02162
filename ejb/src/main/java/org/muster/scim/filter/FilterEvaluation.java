package org.muster.scim.filter;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.muster.kernel.Folding;
import org.muster.scim.filter.Filter.And;
import org.muster.scim.filter.Filter.Comparison;
import org.muster.scim.filter.Filter.Not;
import org.muster.scim.filter.Filter.Or;
import org.muster.scim.filter.Filter.Presence;
import org.muster.scim.filter.Filter.ValuePath;
import org.muster.scim.schema.AttributePath;
import org.muster.storage.Keys;
import org.muster.storage.Path;

/**
 * Says whether JSON satisfies a filter, by the rules that storage has for documents. Names in the
 * JSON are in the schema's spelling.
 */
public final class FilterEvaluation {
  private final boolean within;

  private FilterEvaluation(boolean within) {
    this.within = within;
  }

  /** Whether a whole resource does. */
  public static boolean matches(Filter filter, JsonNode resource) {
    return new FilterEvaluation(false).holds(filter, resource);
  }

  /** Whether one element of an attribute satisfies the filter in the brackets of a value path. */
  public static boolean matchesElement(Filter filter, JsonNode element) {
    return new FilterEvaluation(true).holds(filter, element);
  }

  private boolean holds(Filter filter, JsonNode root) {
    if (filter instanceof Comparison comparison) {
      return compares(comparison, root);
    }
    if (filter instanceof Presence presence) {
      return values(presence.path(), root).stream().anyMatch(FilterEvaluation::isFull);
    }
    if (filter instanceof Not not) {
      return !holds(not.part(), root);
    }
    if (filter instanceof And and) {
      return and.parts().stream().allMatch(part -> holds(part, root));
    }
    if (filter instanceof Or or) {
      return or.parts().stream().anyMatch(part -> holds(part, root));
    }
    ValuePath valuePath = (ValuePath) filter;
    return values(valuePath.path(), root).stream()
        .anyMatch(element -> matchesElement(valuePath.element(), element));
  }

  private boolean compares(Comparison comparison, JsonNode root) {
    Path path = StoragePaths.of(comparison.path());
    String operand = Keys.of(comparison.value(), path).orElseThrow();
    List<String> keys =
        values(comparison.path(), root).stream()
            .map(value -> Keys.of(value, path))
            .flatMap(Optional::stream)
            .toList();
    boolean any = keys.stream().anyMatch(key -> compares(comparison.operator(), key, operand));
    return any || (comparison.operator() == FilterOperator.NE && keys.isEmpty());
  }

  /** Compares key forms. */
  static boolean compares(FilterOperator operator, String key, String operand) {
    return switch (operator) {
      case EQ -> key.equals(operand);
      case NE -> !key.equals(operand);
      case CO -> key.contains(operand);
      case SW -> key.startsWith(operand);
      case EW -> key.endsWith(operand);
      case GT -> Folding.CODE_POINTS.compare(key, operand) > 0;
      case GE -> Folding.CODE_POINTS.compare(key, operand) >= 0;
      case LT -> Folding.CODE_POINTS.compare(key, operand) < 0;
      case LE -> Folding.CODE_POINTS.compare(key, operand) <= 0;
    };
  }

  private List<JsonNode> values(AttributePath path, JsonNode root) {
    List<JsonNode> values = new ArrayList<>();
    List<String> steps =
        within ? path.sub().map(sub -> List.of(sub.name())).orElse(List.of()) : path.steps();
    collect(root, steps, values);
    return values;
  }

  private static void collect(JsonNode node, List<String> steps, List<JsonNode> values) {
    if (node.isArray()) {
      node.forEach(element -> collect(element, steps, values));
    } else if (steps.isEmpty()) {
      if (!node.isNull()) {
        values.add(node);
      }
    } else if (node.has(steps.get(0))) {
      collect(node.get(steps.get(0)), steps.subList(1, steps.size()), values);
    }
  }

  private static boolean isFull(JsonNode value) {
    return value.isTextual() ? !value.textValue().isEmpty() : !value.isObject() || !value.isEmpty();
  }
}
