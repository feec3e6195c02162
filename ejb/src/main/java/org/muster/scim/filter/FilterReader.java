package org.muster.scim.filter;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.BooleanNode;
import com.fasterxml.jackson.databind.node.DecimalNode;
import com.fasterxml.jackson.databind.node.NullNode;
import com.fasterxml.jackson.databind.node.TextNode;
import java.math.BigDecimal;
import java.util.Locale;
import java.util.regex.Pattern;
import org.muster.kernel.Folding;
import org.muster.scim.ScimException;

/** Reads the words of a filter or path from left to right; a failure says at which character. */
final class FilterReader {
  private static final int MAX_NUMBER = 400;
  private static final Pattern NUMBER =
      Pattern.compile("-?(0|[1-9][0-9]*+)(\\.[0-9]++)?([eE][+-]?[0-9]{1,9})?");

  private final String text;
  private ScimException.Type kind;
  private int at;

  /**
   * A reader at the start of a text.
   *
   * @param kind what failures are
   * @param lengthMost the longest text
   */
  FilterReader(String text, ScimException.Type kind, int lengthMost) {
    this.text = text;
    this.kind = kind;
    if (text.length() > lengthMost) {
      throw ScimException.badRequest(
          kind,
          String.format(Locale.ROOT, "It has over %,d characters; make it shorter", lengthMost));
    }
  }

  int position() {
    return at;
  }

  void back(int position) {
    at = position;
  }

  boolean atEnd() {
    return at == text.length();
  }

  /** Whether there was any white space. */
  boolean skipSpace() {
    int start = at;
    while (at < text.length() && isSpace(text.charAt(at))) {
      at++;
    }
    return at > start;
  }

  boolean isNext(char c) {
    return at < text.length() && text.charAt(at) == c;
  }

  boolean take(char c) {
    if (isNext(c)) {
      at++;
      return true;
    }
    return false;
  }

  /** Whatever stands before the next white space, bracket, parenthesis or quote; may be empty. */
  String word() {
    int start = at;
    while (at < text.length() && !isEndOfWord(text.charAt(at))) {
      at++;
    }
    return text.substring(start, at);
  }

  /** A JSON string, number, true, false or null. */
  JsonNode literal() {
    if (isNext('"')) {
      return TextNode.valueOf(string());
    }
    int start = at;
    String word = word();
    return switch (word) {
      case "true" -> BooleanNode.TRUE;
      case "false" -> BooleanNode.FALSE;
      case "null" -> NullNode.instance;
      default -> number(start, word);
    };
  }

  /** A failure at a position, counted from 0. */
  ScimException failure(int position, String problem) {
    return ScimException.badRequest(kind, "At character " + (position + 1) + ": " + problem);
  }

  /** From now on failures are of this kind. */
  void failAs(ScimException.Type newKind) {
    kind = newKind;
  }

  private JsonNode number(int start, String word) {
    if (word.length() > MAX_NUMBER || !NUMBER.matcher(word).matches()) {
      throw failure(
          start, "a value is expected: text in double quotes, a number, true, false or null");
    }
    return DecimalNode.valueOf(new BigDecimal(word));
  }

  private String string() {
    int start = at++;
    StringBuilder value = new StringBuilder();
    while (at < text.length()) {
      char c = text.charAt(at++);
      if (c == '"') {
        return storable(start, value.toString());
      }
      if (c < 0x20) {
        throw failure(at - 1, "a control character in a text has to be escaped, as in JSON");
      }
      value.append(c == '\\' ? escaped() : c);
    }
    throw failure(start, "the text has no closing quote");
  }

  private char escaped() {
    char c = at < text.length() ? text.charAt(at++) : ' ';
    return switch (c) {
      case '"', '\\', '/' -> c;
      case 'b' -> '\b';
      case 'f' -> '\f';
      case 'n' -> '\n';
      case 'r' -> '\r';
      case 't' -> '\t';
      case 'u' -> unicode();
      default -> throw failure(at - 1, "no such escape in a JSON text");
    };
  }

  private char unicode() {
    int value = 0;
    for (int i = 0; i < 4; i++, at++) {
      int digit = at < text.length() ? hex(text.charAt(at)) : -1;
      if (digit < 0) {
        throw failure(at, "\\u is followed by four hexadecimal digits");
      }
      value = value * 16 + digit;
    }
    return (char) value;
  }

  private String storable(int start, String value) {
    if (!Folding.isStorable(value)) {
      throw failure(start, "U+0000 and lone surrogates are in no value");
    }
    return value;
  }

  private static int hex(char c) {
    return c < 0x80 ? Character.digit(c, 16) : -1;
  }

  private static boolean isSpace(char c) {
    return c == ' ' || c == '\t' || c == '\n' || c == '\r';
  }

  private static boolean isEndOfWord(char c) {
    return isSpace(c) || c == '(' || c == ')' || c == '[' || c == ']' || c == '"';
  }
}
