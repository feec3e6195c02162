package org.muster.scim.edit;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Comparator;

/** Whether documents are equal as JSON: members in any order, numbers by value. */
final class SameJson {
  private static final Comparator<JsonNode> BY_VALUE =
      (a, b) -> {
        if (a.isNumber() && b.isNumber()) {
          return a.decimalValue().compareTo(b.decimalValue());
        }
        return a.equals(b) ? 0 : 1;
      };

  private SameJson() {}

  static boolean test(JsonNode left, JsonNode right) {
    return left.equals(BY_VALUE, right);
  }
}
