package org.muster.scim.filter;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
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
    return new FilterEvaluation(false).test(filter).test(resource);
  }

  /** Whether one element of an attribute satisfies the filter in the brackets of a value path. */
  public static boolean matchesElement(Filter filter, JsonNode element) {
    return elementTest(filter).test(element);
  }

  /** {@link #matchesElement} for many elements. */
  public static Predicate<JsonNode> elementTest(Filter filter) {
    return new FilterEvaluation(true).test(filter);
  }

  private Predicate<JsonNode> test(Filter filter) {
    if (filter instanceof Comparison comparison) {
      return comparison(comparison);
    }
    if (filter instanceof Presence presence) {
      List<String> steps = steps(presence.path());
      return root -> values(root, steps).stream().anyMatch(FilterEvaluation::isFull);
    }
    if (filter instanceof Not not) {
      return test(not.part()).negate();
    }
    if (filter instanceof And and) {
      List<Predicate<JsonNode>> parts = and.parts().stream().map(this::test).toList();
      return root -> parts.stream().allMatch(part -> part.test(root));
    }
    if (filter instanceof Or or) {
      List<Predicate<JsonNode>> parts = or.parts().stream().map(this::test).toList();
      return root -> parts.stream().anyMatch(part -> part.test(root));
    }
    ValuePath valuePath = (ValuePath) filter;
    List<String> steps = steps(valuePath.path());
    Predicate<JsonNode> element = elementTest(valuePath.element());
    return root -> values(root, steps).stream().anyMatch(element);
  }

  private Predicate<JsonNode> comparison(Comparison comparison) {
    Path path = StoragePaths.of(comparison.path());
    FilterOperator operator = comparison.operator();
    String operand = Keys.of(comparison.value(), path).orElseThrow();
    List<String> steps = steps(comparison.path());
    return root -> {
      boolean none = true;
      for (JsonNode value : values(root, steps)) {
        Optional<String> key = Keys.of(value, path);
        if (key.isPresent() && compares(operator, key.get(), operand)) {
          return true;
        }
        none &= key.isEmpty();
      }
      return none && operator == FilterOperator.NE;
    };
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

  private List<String> steps(AttributePath path) {
    return within ? path.sub().map(sub -> List.of(sub.name())).orElse(List.of()) : path.steps();
  }

  private static List<JsonNode> values(JsonNode root, List<String> steps) {
    List<JsonNode> values = new ArrayList<>(1);
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
