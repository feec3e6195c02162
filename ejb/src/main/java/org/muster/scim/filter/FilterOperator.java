package org.muster.scim.filter;

import java.util.Locale;
import java.util.Optional;
import org.muster.storage.Expression.Operator;

/** The comparison operators of RFC 7644 table 3. */
public enum FilterOperator {
  EQ(Operator.EQ),
  NE(Operator.NE),
  CO(Operator.CONTAINS),
  SW(Operator.STARTS_WITH),
  EW(Operator.ENDS_WITH),
  GT(Operator.GREATER),
  GE(Operator.GREATER_OR_EQUAL),
  LT(Operator.LESS),
  LE(Operator.LESS_OR_EQUAL);

  private final Operator stored;

  FilterOperator(Operator stored) {
    this.stored = stored;
  }

  /** The operator of storage that means the same. */
  Operator stored() {
    return stored;
  }

  /** The operator as it is written. */
  String word() {
    return name().toLowerCase(Locale.ROOT);
  }

  boolean isOfText() {
    return this == CO || this == SW || this == EW;
  }

  boolean isOfOrder() {
    return this == GT || this == GE || this == LT || this == LE;
  }

  /** The operator that is written so, in any case. */
  static Optional<FilterOperator> of(String word) {
    for (FilterOperator operator : values()) {
      if (operator.name().equalsIgnoreCase(word)) {
        return Optional.of(operator);
      }
    }
    return Optional.empty();
  }
}
