package org.muster.state;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.muster.storage.JsonDocument;

/**
 * The canonical form of a document: RFC 8785 (JCS), except that numbers are not rounded to a double
 * before they are written. A number that is the shortest decimal of a double is written as RFC 8785
 * has it, every other one in the same notation with all its digits. So two documents have equal
 * bytes just if they have equal members with equal values; numbers are equal as numbers are (1.0
 * and 1, -0 and 0).
 */
public final class CanonicalJson {
  private static final String HEX = "0123456789abcdef";
  private static final int USUAL = 2_048;

  private final StringBuilder text = new StringBuilder(USUAL);

  /** A member that was written, and where it stands. */
  private record Member(String name, int start, int end) {}

  private CanonicalJson() {}

  /**
   * The canonical text in UTF-8.
   *
   * @throws IllegalArgumentException if the document has a lone surrogate, a number that is none
   *     (NaN, infinity), or anything that is not JSON
   */
  public static byte[] bytes(JsonDocument document) {
    return text(document).getBytes(StandardCharsets.UTF_8);
  }

  /** The SHA-256 of {@link #bytes}. */
  public static Digest digest(JsonDocument document) {
    return Hashing.of(bytes(document));
  }

  /**
   * The same of the object whose begin a parser is at, token by token; it is at its end then. No
   * tree of it is made.
   */
  public static Digest digest(JsonParser parser) throws IOException {
    return Hashing.of(text(parser).getBytes(StandardCharsets.UTF_8));
  }

  static String text(JsonDocument document) {
    CanonicalJson canonical = new CanonicalJson();
    canonical.value(document.tree());
    return canonical.text.toString();
  }

  static String text(JsonParser parser) throws IOException {
    CanonicalJson canonical = new CanonicalJson();
    canonical.value(parser);
    return canonical.text.toString();
  }

  private void value(JsonParser parser) throws IOException {
    switch (parser.currentToken()) {
      case START_OBJECT -> object(parser);
      case START_ARRAY -> array(parser);
      case VALUE_STRING -> string(parser.getText());
      case VALUE_NUMBER_INT, VALUE_NUMBER_FLOAT -> number(parser.getDecimalValue());
      case VALUE_TRUE, VALUE_FALSE, VALUE_NULL -> text.append(parser.getText());
      default -> throw new IllegalArgumentException("Not JSON: " + parser.currentToken());
    }
  }

  /** Members are written as they come, and put in order where they are not. */
  private void object(JsonParser parser) throws IOException {
    text.append('{');
    int begin = text.length();
    List<Member> members = new ArrayList<>();
    boolean isOrdered = true;
    while (parser.nextToken() == JsonToken.FIELD_NAME) {
      String name = parser.currentName();
      text.append(members.isEmpty() ? "" : ",");
      int start = text.length();
      string(name);
      text.append(':');
      parser.nextToken();
      value(parser);
      isOrdered &= members.isEmpty() || members.get(members.size() - 1).name().compareTo(name) < 0;
      members.add(new Member(name, start, text.length()));
    }
    if (!isOrdered) {
      order(begin, members);
    }
    text.append('}');
  }

  private void order(int begin, List<Member> members) {
    String written = text.substring(begin);
    text.setLength(begin);
    members.sort(Comparator.comparing(Member::name));
    for (Member member : members) {
      text.append(text.length() == begin ? "" : ",");
      text.append(written, member.start() - begin, member.end() - begin);
    }
  }

  private void array(JsonParser parser) throws IOException {
    text.append('[');
    String separator = "";
    while (parser.nextToken() != JsonToken.END_ARRAY) {
      text.append(separator);
      value(parser);
      separator = ",";
    }
    text.append(']');
  }

  private void value(JsonNode node) {
    switch (node.getNodeType()) {
      case OBJECT -> object((ObjectNode) node);
      case ARRAY -> array((ArrayNode) node);
      case STRING -> string(node.textValue());
      case NUMBER ->
          number(node.isBigDecimal() ? node.decimalValue() : new BigDecimal(node.asText()));
      case BOOLEAN, NULL -> text.append(node.asText());
      default -> throw new IllegalArgumentException("Not JSON: " + node.getNodeType());
    }
  }

  /** Members by their names' UTF-16 units (RFC 8785 section 3.2.3). */
  private void object(ObjectNode object) {
    List<String> names = new ArrayList<>(object.size());
    object.fieldNames().forEachRemaining(names::add);
    names.sort(null);
    text.append('{');
    String separator = "";
    for (String name : names) {
      text.append(separator);
      string(name);
      text.append(':');
      value(object.get(name));
      separator = ",";
    }
    text.append('}');
  }

  private void array(ArrayNode array) {
    text.append('[');
    String separator = "";
    for (JsonNode element : array) {
      text.append(separator);
      value(element);
      separator = ",";
    }
    text.append(']');
  }

  /** RFC 8785 section 3.2.2.2. */
  private void string(String value) {
    text.append('"');
    for (int i = 0; i < value.length(); i++) {
      char c = value.charAt(i);
      switch (c) {
        case '"', '\\' -> text.append('\\').append(c);
        case '\b' -> text.append("\\b");
        case '\t' -> text.append("\\t");
        case '\n' -> text.append("\\n");
        case '\f' -> text.append("\\f");
        case '\r' -> text.append("\\r");
        default -> {
          if (c < 0x20) {
            text.append("\\u00").append(HEX.charAt(c >> 4)).append(HEX.charAt(c & 15));
          } else if (!Character.isSurrogate(c)) {
            text.append(c);
          } else if (isPair(value, i)) {
            text.append(c).append(value.charAt(++i));
          } else {
            throw new IllegalArgumentException("A lone surrogate has no canonical form");
          }
        }
      }
    }
    text.append('"');
  }

  private static boolean isPair(String text, int index) {
    return index + 1 < text.length()
        && Character.isSurrogatePair(text.charAt(index), text.charAt(index + 1));
  }

  /**
   * The notation of ECMAScript's Number::toString, to which RFC 8785 section 3.2.2.3 refers; with
   * all digits of the value.
   */
  private void number(BigDecimal value) {
    if (value.signum() == 0) {
      text.append('0');
      return;
    }
    String unscaled = value.unscaledValue().abs().toString();
    int k = unscaled.length();
    while (unscaled.charAt(k - 1) == '0') {
      k--;
    }
    String digits = unscaled.substring(0, k);
    long n = (long) unscaled.length() - value.scale(); // the value is 0.digits * 10^n
    text.append(value.signum() < 0 ? "-" : "");
    if (n > 21 || n <= -6) {
      text.append(digits, 0, 1).append(k > 1 ? "." : "").append(digits, 1, k);
      text.append(n > 0 ? "e+" : "e-").append(Math.abs(n - 1));
    } else if (n <= 0) {
      text.append("0.").append("0".repeat((int) -n)).append(digits);
    } else if (k <= n) {
      text.append(digits).append("0".repeat((int) n - k));
    } else {
      text.append(digits, 0, (int) n).append('.').append(digits, (int) n, k);
    }
  }
}
