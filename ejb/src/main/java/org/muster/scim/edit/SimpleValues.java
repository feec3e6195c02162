package org.muster.scim.edit;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.DecimalNode;
import com.fasterxml.jackson.databind.node.IntNode;
import com.fasterxml.jackson.databind.node.LongNode;
import java.math.BigDecimal;
import java.net.URI;
import java.net.URISyntaxException;
import java.time.DateTimeException;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.util.regex.Pattern;
import org.muster.kernel.Folding;
import org.muster.scim.schema.Attribute;

/** Checks single values of the simple data types (RFC 7643 section 2.3). */
final class SimpleValues {
  private static final int DIGITS = 400;

  // What both xsd:dateTime and java.time understand; a fraction finer than a nanosecond is refused
  private static final Pattern DATE_TIME =
      Pattern.compile(
          "\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\d(\\.\\d{1,9})?(Z|[+-]\\d\\d:\\d\\d)?");

  private SimpleValues() {}

  /** The value in the form it is stored in. */
  static JsonNode read(Attribute attribute, JsonNode value, Place place) {
    return switch (attribute.type()) {
      case STRING -> text(value, place, "a string");
      case BOOLEAN -> bool(value, place);
      case INTEGER -> integer(value, place);
      case DECIMAL -> decimal(value, place);
      case DATE_TIME -> dateTime(value, place);
      case BINARY -> binary(value, place);
      case REFERENCE -> reference(value, place);
      case COMPLEX -> throw new IllegalArgumentException(place + " is complex");
    };
  }

  /** Refuses text that no back end can keep. */
  static void checkStorable(String text, Place place) {
    if (!Folding.isStorable(text)) {
      throw place.invalidValue("must not contain U+0000 or half a surrogate pair");
    }
  }

  private static JsonNode text(JsonNode value, Place place, String wanted) {
    if (!value.isTextual()) {
      throw place.invalidValue("must be " + wanted + ", not " + kind(value));
    }
    checkStorable(value.textValue(), place);
    return value;
  }

  private static JsonNode bool(JsonNode value, Place place) {
    if (!value.isBoolean()) {
      throw place.invalidValue("must be true or false, not " + kind(value));
    }
    return value;
  }

  private static JsonNode integer(JsonNode value, Place place) {
    if (!value.isIntegralNumber()) {
      throw place.invalidValue(
          "must be an integer without fraction and exponent, not " + kind(value));
    }
    if (!value.canConvertToLong()) {
      throw place.invalidValue("must be an integer of at most 64 bits");
    }
    return whole(value.longValue());
  }

  private static JsonNode decimal(JsonNode value, Place place) {
    if (!value.isNumber()) {
      throw place.invalidValue("must be a number, not " + kind(value));
    }
    if (value.isInt() || value.isLong()) {
      return whole(value.longValue());
    }
    BigDecimal number = value.decimalValue().stripTrailingZeros();
    int magnitude = number.precision() - number.scale();
    if (number.precision() > DIGITS || magnitude > DIGITS || magnitude < -DIGITS) {
      throw place.invalidValue("must be a number of at most " + DIGITS + " digits");
    }
    // Equal numbers have one form, so that equal documents are equal JSON.
    return number.scale() <= 0 && magnitude <= 18
        ? whole(number.longValueExact())
        : DecimalNode.valueOf(number);
  }

  private static JsonNode whole(long number) {
    return number == (int) number ? IntNode.valueOf((int) number) : LongNode.valueOf(number);
  }

  private static JsonNode dateTime(JsonNode value, Place place) {
    String text = text(value, place, "a dateTime").textValue();
    var parts = DATE_TIME.matcher(text);
    try {
      if (parts.matches()) {
        if (parts.group(2) == null) {
          LocalDateTime.parse(text);
        } else {
          OffsetDateTime.parse(text);
        }
        return value;
      }
    } catch (DateTimeException e) {
      // falls through to the refusal
    }
    throw place.invalidValue("must be a dateTime such as 2008-01-23T04:56:22Z");
  }

  private static JsonNode binary(JsonNode value, Place place) {
    if (!isBase64(text(value, place, "binary as base64 text").textValue())) {
      throw place.invalidValue("must be base64 (RFC 4648 section 4 or 5)");
    }
    return value;
  }

  private static JsonNode reference(JsonNode value, Place place) {
    String text = text(value, place, "a URI").textValue();
    try {
      new URI(text);
    } catch (URISyntaxException e) {
      throw place.invalidValue("must be a URI");
    }
    return value;
  }

  /** Base64 in either alphabet, with or without padding. */
  private static boolean isBase64(String text) {
    int digits = text.length();
    while (digits > 0 && text.length() - digits < 2 && text.charAt(digits - 1) == '=') {
      digits--;
    }
    if (digits % 4 == 1 || (digits < text.length() && text.length() % 4 != 0)) {
      return false;
    }
    boolean plain = false;
    boolean urlSafe = false;
    for (int i = 0; i < digits; i++) {
      char c = text.charAt(i);
      plain |= c == '+' || c == '/';
      urlSafe |= c == '-' || c == '_';
      if (!isLetterOrDigit(c) && c != '+' && c != '/' && c != '-' && c != '_') {
        return false;
      }
    }
    return !(plain && urlSafe);
  }

  private static boolean isLetterOrDigit(char c) {
    return (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9');
  }

  /** What a client would call this value. */
  static String kind(JsonNode value) {
    return switch (value.getNodeType()) {
      case OBJECT, POJO -> "an object";
      case ARRAY -> "an array";
      case STRING, BINARY -> "a string";
      case NUMBER -> "such a number";
      case BOOLEAN -> "a boolean";
      case NULL, MISSING -> "null";
    };
  }
}
