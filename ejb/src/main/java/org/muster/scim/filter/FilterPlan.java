package org.muster.scim.filter;

import java.util.ArrayList;
import java.util.List;
import org.muster.kernel.Folding;
import org.muster.scim.ScimException;
import org.muster.scim.filter.Filter.And;
import org.muster.scim.filter.Filter.Not;
import org.muster.scim.filter.Filter.Or;
import org.muster.scim.schema.ResourceType;
import org.muster.storage.Expression;
import org.muster.storage.Expression.Compare;
import org.muster.storage.Expression.Operator;
import org.muster.storage.Path;

/**
 * How a filter is answered: by what is kept beside the documents, or by a look into them one by
 * one.
 *
 * @param text the filter in the schema's spelling, with parentheses around all that binds first
 * @param how the filter as a whole
 * @param leaves its comparisons, presences and value paths, each as if it stood alone
 */
public record FilterPlan(String text, How how, List<Leaf> leaves) {
  // FilterPlanner of the JPA back end can't trust a key that is longer.
  private static final int WHOLE = Folding.KEY_LENGTH - 2;

  public FilterPlan {
    leaves = List.copyOf(leaves);
  }

  /** Ways to answer, the best first. */
  public enum How {
    /** It is the same for all resources of the type. */
    CONSTANT,
    /** An index finds what matches. */
    INDEX,
    /** The store compares the keys that it keeps of an indexed attribute, without a seek. */
    KEYS,
    /** Indexes find what may match; the scan is of that alone. */
    INDEX_THEN_SCAN,
    /** Every document of the type is looked into, up to the scan limit. */
    SCAN
  }

  /** A part of a filter that has no and, or, or not outside of brackets. */
  public record Leaf(String text, How how) {}

  /**
   * The plan of a filter over resources of a type.
   *
   * @throws ScimException 400 invalidFilter if storage can't be asked that
   */
  public static FilterPlan of(ResourceType type, Filter filter) {
    List<Leaf> leaves = new ArrayList<>();
    addLeaves(type, filter, leaves);
    return new FilterPlan(
        FilterText.grouped(filter), how(FilterTranslator.translate(type, filter)), leaves);
  }

  private static void addLeaves(ResourceType type, Filter filter, List<Leaf> leaves) {
    if (filter instanceof And and) {
      and.parts().forEach(part -> addLeaves(type, part, leaves));
    } else if (filter instanceof Or or) {
      or.parts().forEach(part -> addLeaves(type, part, leaves));
    } else if (filter instanceof Not not) {
      addLeaves(type, not.part(), leaves);
    } else {
      How how = how(FilterTranslator.translate(type, filter));
      leaves.add(new Leaf(FilterText.grouped(filter), how));
    }
  }

  private static How how(Expression expression) {
    if (expression instanceof Expression.All) {
      return How.CONSTANT;
    }
    if (expression instanceof Expression.And and) {
      return all(and.parts().stream().map(FilterPlan::how).toList());
    }
    if (expression instanceof Expression.Or or) {
      return worst(or.parts().stream().map(FilterPlan::how).toList());
    }
    if (expression instanceof Expression.Not not) {
      How part = how(not.part());
      return part == How.INDEX ? How.KEYS : part == How.INDEX_THEN_SCAN ? How.SCAN : part;
    }
    if (expression instanceof Compare compare) {
      return comparison(compare);
    }
    if (expression instanceof Expression.Present present) {
      return present.path().indexed() ? How.KEYS : How.SCAN;
    }
    return expression instanceof Expression.HasLink ? How.INDEX : How.SCAN;
  }

  /** What any part narrows down, the others judge. */
  private static How all(List<How> parts) {
    boolean narrowed =
        parts.contains(How.INDEX)
            || parts.contains(How.KEYS)
            || parts.contains(How.INDEX_THEN_SCAN);
    How worst = worst(parts);
    if (worst == How.KEYS && parts.contains(How.INDEX)) {
      return How.INDEX;
    }
    return worst == How.SCAN && narrowed ? How.INDEX_THEN_SCAN : worst;
  }

  private static How worst(List<How> parts) {
    return parts.stream().max(How::compareTo).orElse(How.CONSTANT);
  }

  private static How comparison(Compare compare) {
    Path path = compare.path();
    Operator operator = compare.operator();
    if (!path.indexed()) {
      return How.SCAN;
    }
    if (compare.operand().length() > WHOLE) {
      return operator == Operator.EQ ? How.INDEX_THEN_SCAN : How.SCAN;
    }
    return switch (operator) {
      case EQ, STARTS_WITH, GREATER, GREATER_OR_EQUAL, LESS, LESS_OR_EQUAL -> How.INDEX;
      case NE, CONTAINS, ENDS_WITH -> How.KEYS;
    };
  }
}
