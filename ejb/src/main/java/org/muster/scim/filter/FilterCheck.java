package org.muster.scim.filter;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.BooleanNode;
import java.util.Optional;
import org.muster.scim.ScimException;
import org.muster.scim.filter.Filter.Comparison;
import org.muster.scim.filter.Filter.Not;
import org.muster.scim.filter.Filter.Presence;
import org.muster.scim.policy.Leniency;
import org.muster.scim.policy.Switch;
import org.muster.scim.schema.Attribute;
import org.muster.scim.schema.Attribute.Mutability;
import org.muster.scim.schema.Attribute.Returned;
import org.muster.scim.schema.AttributePath;
import org.muster.storage.Keys;

/**
 * Checks a comparison against the schema: which operators and which values a type allows.
 *
 * @param nameAt where the attribute's name stands
 * @param valueAt where the value stands
 * @param leniency what else is taken for a value
 */
record FilterCheck(FilterReader reader, int nameAt, int valueAt, Leniency leniency) {

  /** Whether an attribute can't be asked for, since it is never shown. */
  static boolean isHidden(AttributePath path) {
    return isHidden(path.attribute()) || isHidden(path.leaf());
  }

  /** The comparison, or what it means the same as: "eq null" is the opposite of "pr". */
  Filter comparison(AttributePath named, FilterOperator operator, JsonNode literal) {
    if (literal.isNull()) {
      return ofNull(named, operator);
    }
    AttributePath path = simple(named);
    checkOperator(path, operator);
    JsonNode value = coerced(path, literal);
    checkValue(path, value);
    return new Comparison(path, operator, value);
  }

  /** The boolean that a text may stand for; all else as it is. */
  private JsonNode coerced(AttributePath path, JsonNode literal) {
    if (path.leaf().type() != Attribute.Type.BOOLEAN || !literal.isTextual()) {
      return literal;
    }
    boolean yes = literal.textValue().equalsIgnoreCase("true");
    return (yes || literal.textValue().equalsIgnoreCase("false"))
            && leniency.coerces(Switch.BOOLEAN_AS_TEXT, path, "text was taken for a boolean")
        ? BooleanNode.valueOf(yes)
        : literal;
  }

  private Filter ofNull(AttributePath path, FilterOperator operator) {
    if (operator == FilterOperator.EQ) {
      return new Not(new Presence(path));
    }
    if (operator == FilterOperator.NE) {
      return new Presence(path);
    }
    throw failure(valueAt, "null is compared by eq and ne alone");
  }

  /** What is compared if a complex attribute is: its value (RFC 7643 section 2.4). */
  private AttributePath simple(AttributePath path) {
    if (path.leaf().type() != Attribute.Type.COMPLEX) {
      return path;
    }
    Attribute attribute = path.attribute();
    Attribute value =
        attribute
            .sub("value")
            .filter(sub -> !isHidden(sub))
            .orElseThrow(
                () ->
                    failure(
                        nameAt,
                        path
                            + " is complex; compare one of its sub-attributes, for instance "
                            + path
                            + "."
                            + attribute.subAttributes().get(0).name()));
    return new AttributePath(path.extension(), attribute, Optional.of(value));
  }

  private void checkOperator(AttributePath path, FilterOperator operator) {
    Attribute.Type type = path.leaf().type();
    boolean text = type == Attribute.Type.STRING || type == Attribute.Type.REFERENCE;
    boolean ordered = type != Attribute.Type.BOOLEAN && type != Attribute.Type.BINARY;
    if ((operator.isOfText() && !text) || (operator.isOfOrder() && !ordered)) {
      throw failure(nameAt, path + " can't be compared by " + operator.word());
    }
  }

  private void checkValue(AttributePath path, JsonNode value) {
    boolean fits =
        switch (path.leaf().type()) {
          case STRING, REFERENCE, BINARY -> value.isTextual();
          case BOOLEAN -> value.isBoolean();
          case DECIMAL, INTEGER ->
              value.isNumber() && Keys.of(value, StoragePaths.of(path)).isPresent();
          case DATE_TIME -> value.isTextual() && Keys.dateTime(value.textValue()).isPresent();
          case COMPLEX -> false;
        };
    if (!fits) {
      throw failure(valueAt, path + " is compared with " + wanted(path.leaf().type()));
    }
  }

  private static String wanted(Attribute.Type type) {
    return switch (type) {
      case STRING, REFERENCE, BINARY -> "text in double quotes";
      case BOOLEAN -> "true or false, without quotes";
      case DECIMAL, INTEGER -> "a number, without quotes, of at most 400 digits";
      case DATE_TIME -> "a dateTime in double quotes, for instance \"2011-05-13T04:42:34Z\"";
      case COMPLEX -> "nothing";
    };
  }

  private ScimException failure(int position, String problem) {
    return reader.failure(position, problem);
  }

  static boolean isHidden(Attribute attribute) {
    return attribute.returned() == Returned.NEVER
        || attribute.mutability() == Mutability.WRITE_ONLY;
  }
}
