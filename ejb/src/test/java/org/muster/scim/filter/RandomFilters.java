package org.muster.scim.filter;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.BooleanNode;
import com.fasterxml.jackson.databind.node.DecimalNode;
import com.fasterxml.jackson.databind.node.TextNode;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.muster.scim.filter.Filter.And;
import org.muster.scim.filter.Filter.Comparison;
import org.muster.scim.filter.Filter.Not;
import org.muster.scim.filter.Filter.Or;
import org.muster.scim.filter.Filter.Presence;
import org.muster.scim.filter.Filter.ValuePath;
import org.muster.scim.schema.Attribute;
import org.muster.scim.schema.AttributePath;

/** Makes random filters that the schema allows, from some attributes. */
final class RandomFilters {
  private static final String[] TEXTS = {
    "", "a", "A", "ab", "ß", "SS", "b\"c\\", "\n", "\uD83D\uDE00", "é", "e\u0301", "2", "work"
  };
  private static final String[] TIMES = {
    "2011-05-13T04:42:34Z", "2011-05-13T05:42:34+01:00", "2020-01-01T00:00:00.5Z"
  };
  private static final String[] NUMBERS = {"0", "-1", "1.50", "2", "1e3", "-0.25"};

  private final Random random;
  private final List<AttributePath> attributes;

  RandomFilters(Random random, List<AttributePath> attributes) {
    this.random = random;
    this.attributes = attributes;
  }

  Filter next(int depth) {
    return next(depth, Optional.empty());
  }

  private Filter next(int depth, Optional<AttributePath> within) {
    int kind = depth == 0 ? 3 : random.nextInt(6);
    if (kind < 2) {
      List<Filter> parts = new ArrayList<>();
      for (int i = 0, n = 2 + random.nextInt(2); i < n; i++) {
        parts.add(next(depth - 1, within));
      }
      return kind == 0 ? new And(parts) : new Or(parts);
    }
    if (kind == 2) {
      return new Not(next(depth - 1, within));
    }
    AttributePath path = within.orElseGet(() -> attributes.get(random.nextInt(attributes.size())));
    if (within.isEmpty() && random.nextInt(3) == 0 && FilterParser.canHaveBrackets(path)) {
      return new ValuePath(path, next(Math.max(0, depth - 1), Optional.of(path)));
    }
    return simple(path);
  }

  private Filter simple(AttributePath whole) {
    AttributePath path = leaf(whole);
    if (random.nextInt(4) == 0) {
      return new Presence(path);
    }
    FilterOperator operator = operator(path.leaf().type());
    return new Comparison(path, operator, value(path.leaf().type()));
  }

  private AttributePath leaf(AttributePath path) {
    List<Attribute> subs = path.attribute().subAttributes();
    return subs.isEmpty()
        ? path
        : new AttributePath(
            path.extension(), path.attribute(), Optional.of(subs.get(random.nextInt(subs.size()))));
  }

  private FilterOperator operator(Attribute.Type type) {
    FilterOperator[] all = FilterOperator.values();
    while (true) {
      FilterOperator operator = all[random.nextInt(all.length)];
      boolean text = type == Attribute.Type.STRING || type == Attribute.Type.REFERENCE;
      boolean ordered = type != Attribute.Type.BOOLEAN && type != Attribute.Type.BINARY;
      if ((text || !operator.isOfText()) && (ordered || !operator.isOfOrder())) {
        return operator;
      }
    }
  }

  /** A value of the type. */
  JsonNode value(Attribute.Type type) {
    return switch (type) {
      case STRING, REFERENCE, BINARY -> TextNode.valueOf(any(TEXTS));
      case BOOLEAN -> BooleanNode.valueOf(random.nextBoolean());
      case DECIMAL, INTEGER -> DecimalNode.valueOf(new BigDecimal(any(NUMBERS)));
      case DATE_TIME -> TextNode.valueOf(any(TIMES));
      case COMPLEX -> throw new IllegalArgumentException("A complex attribute has no literal");
    };
  }

  private String any(String[] values) {
    return values[random.nextInt(values.length)];
  }
}
