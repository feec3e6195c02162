package org.muster.scim.filter;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import org.muster.kernel.Folding;
import org.muster.scim.ScimException;
import org.muster.scim.filter.Filter.And;
import org.muster.scim.filter.Filter.Comparison;
import org.muster.scim.filter.Filter.Not;
import org.muster.scim.filter.Filter.Or;
import org.muster.scim.filter.Filter.Presence;
import org.muster.scim.filter.Filter.ValuePath;
import org.muster.scim.schema.AttributePath;
import org.muster.scim.schema.AttributePaths;
import org.muster.scim.schema.CommonAttributes;
import org.muster.scim.schema.ResourceType;
import org.muster.storage.Expression;
import org.muster.storage.Keys;
import org.muster.storage.Path;

/**
 * Translates filters into conditions on stored documents: links are asked for as links, id and time
 * stamps as columns, what is the same in all resources of a type is decided here.
 */
public final class FilterTranslator {
  private static final Expression ALL = new Expression.All();
  private static final Expression NONE = new Expression.Not(ALL);

  private final ResourceType type;
  private final boolean foreign;

  private FilterTranslator(ResourceType type, boolean foreign) {
    this.type = type;
    this.foreign = foreign;
  }

  /**
   * What the filter means for documents of the type.
   *
   * @throws ScimException 400 invalidFilter if storage can't be asked that
   */
  public static Expression translate(ResourceType type, Filter filter) {
    return new FilterTranslator(type, false).expression(filter);
  }

  /**
   * What a filter that may name attributes of other types means for documents of the type: such an
   * attribute has no value (RFC 7644 section 3.4.2.1).
   *
   * @throws ScimException 400 invalidFilter if storage can't be asked that
   */
  public static Expression translateForeign(ResourceType type, Filter filter) {
    return new FilterTranslator(type, true).expression(filter);
  }

  private boolean isForeign(AttributePath path) {
    return foreign && AttributePaths.resolve(type, path.toString()).filter(path::equals).isEmpty();
  }

  private Expression expression(Filter filter) {
    if (filter instanceof Comparison comparison) {
      return comparison(comparison);
    }
    if (filter instanceof Presence presence) {
      return presence(presence.path());
    }
    if (filter instanceof Not not) {
      Expression part = expression(not.part());
      return part instanceof Expression.Not twice ? twice.part() : new Expression.Not(part);
    }
    if (filter instanceof And and) {
      return and(and.parts().stream().map(this::expression).toList());
    }
    if (filter instanceof Or or) {
      return or(or.parts().stream().map(this::expression).toList());
    }
    return valuePath((ValuePath) filter);
  }

  private Expression comparison(Comparison comparison) {
    AttributePath path = comparison.path();
    if (isForeign(path)) {
      return constant(comparison.operator() == FilterOperator.NE);
    }
    if (path.attribute().link().isPresent()) {
      return LinkConditions.of(path, comparison);
    }
    if (path.attribute().equals(CommonAttributes.META)) {
      return meta(comparison);
    }
    if (path.attribute().equals(CommonAttributes.ID)) {
      return compare(Path.ID, comparison);
    }
    if (isCoreSchema(comparison)) {
      return ALL;
    }
    return compare(StoragePaths.of(type, path), comparison);
  }

  /** Every resource of a type has the URN of the type's schema. */
  private boolean isCoreSchema(Comparison comparison) {
    return comparison.path().attribute().equals(CommonAttributes.SCHEMAS)
        && comparison.operator() == FilterOperator.EQ
        && comparison.value().textValue().equalsIgnoreCase(type.schema().id());
  }

  private Expression meta(Comparison comparison) {
    return switch (comparison.path().leaf().name()) {
      case "created" -> compare(Path.CREATED, comparison);
      case "lastModified" -> compare(Path.MODIFIED, comparison);
      case "resourceType" ->
          FilterEvaluation.compares(
                  comparison.operator(),
                  type.name(),
                  Folding.fold(comparison.value().textValue(), true))
              ? ALL
              : NONE;
      default -> throw refused(comparison.path() + " can't be filtered by; id and times can");
    };
  }

  private static Expression compare(Path path, Comparison comparison) {
    return new Expression.Compare(
        path, comparison.operator().stored(), operand(path, comparison.value()));
  }

  private static String operand(Path path, JsonNode value) {
    return Keys.of(value, path)
        .orElseThrow(() -> refused(path.name() + " is compared with a value of another type"));
  }

  private Expression presence(AttributePath path) {
    if (isForeign(path)) {
      return NONE;
    }
    if (path.attribute().link().isPresent()) {
      return LinkConditions.of(path);
    }
    boolean always =
        CommonAttributes.ALL.contains(path.attribute())
            && !path.attribute().equals(CommonAttributes.EXTERNAL_ID);
    return always ? ALL : new Expression.Present(StoragePaths.of(type, path));
  }

  private Expression valuePath(ValuePath filter) {
    AttributePath path = filter.path();
    if (isForeign(path)) {
      return NONE;
    }
    if (path.attribute().link().isPresent()) {
      return LinkConditions.ofElement(path, filter.element());
    }
    if (path.attribute().equals(CommonAttributes.META)) {
      return expression(filter.element());
    }
    Expression.Element element =
        new Expression.Element(StoragePaths.of(path), element(filter.element()));
    List<Expression> parts = new ArrayList<>(implied(filter.element()));
    if (parts.size() == 1 && filter.element() instanceof Comparison) {
      return parts.get(0);
    }
    parts.add(element);
    return and(parts);
  }

  private static Expression element(Filter filter) {
    if (filter instanceof Comparison comparison) {
      return compare(StoragePaths.ofElement(comparison.path()), comparison);
    }
    if (filter instanceof Presence presence) {
      return new Expression.Present(StoragePaths.ofElement(presence.path()));
    }
    if (filter instanceof Not not) {
      return new Expression.Not(element(not.part()));
    }
    if (filter instanceof And and) {
      return new Expression.And(and.parts().stream().map(FilterTranslator::element).toList());
    }
    Or or = (Or) filter;
    return new Expression.Or(or.parts().stream().map(FilterTranslator::element).toList());
  }

  /**
   * Comparisons with indexed paths that follow from an element's filter: where an element has such
   * a value, the document has it. They let an index find what the element's filter then judges.
   */
  private List<Expression> implied(Filter element) {
    if (element instanceof And and) {
      return and.parts().stream().map(this::implied).flatMap(List::stream).toList();
    }
    if (element instanceof Comparison comparison
        && comparison.operator() != FilterOperator.NE
        && StoragePaths.of(type, comparison.path()).indexed()) {
      return List.of(compare(StoragePaths.of(type, comparison.path()), comparison));
    }
    return List.of();
  }

  private static Expression and(List<Expression> parts) {
    List<Expression> needed = parts.stream().filter(part -> !part.equals(ALL)).toList();
    if (needed.contains(NONE)) {
      return NONE;
    }
    return needed.isEmpty() ? ALL : needed.size() == 1 ? needed.get(0) : new Expression.And(needed);
  }

  private static Expression or(List<Expression> parts) {
    List<Expression> needed = parts.stream().filter(part -> !part.equals(NONE)).toList();
    if (needed.contains(ALL)) {
      return ALL;
    }
    return needed.isEmpty() ? NONE : needed.size() == 1 ? needed.get(0) : new Expression.Or(needed);
  }

  static ScimException refused(String problem) {
    return ScimException.badRequest(ScimException.Type.INVALID_FILTER, problem);
  }

  static Expression constant(boolean holds) {
    return holds ? ALL : NONE;
  }
}
