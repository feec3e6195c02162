package org.muster.scim.bulk;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * References to resources that the same request creates (RFC 7644 section 3.7.2): a text that
 * begins with {@code bulkId:}, wherever it stands in the data of an operation, and such a text in
 * quotes in the {@code path} of a PATCH.
 */
final class References {
  static final String PREFIX = "bulkId:";
  private static final String PATH = "path";
  private static final Pattern QUOTED = Pattern.compile("\"bulkId:([^\"\\\\]+)\"");

  private References() {}

  /** Names the bulkIds that a text of the data refers to. */
  static void find(String member, String text, Consumer<String> taker) {
    if (text.startsWith(PREFIX)) {
      taker.accept(text.substring(PREFIX.length()));
    } else if (isPath(member)) {
      Matcher matcher = QUOTED.matcher(text);
      while (matcher.find()) {
        taker.accept(matcher.group(1));
      }
    }
  }

  /** Puts ids in the place of bulkIds. */
  static void resolve(ObjectNode data, UnaryOperator<String> ids) {
    for (Map.Entry<String, JsonNode> member : data.properties()) {
      member.setValue(resolved(member.getKey(), member.getValue(), ids));
    }
  }

  private static JsonNode resolved(String member, JsonNode value, UnaryOperator<String> ids) {
    if (value instanceof ObjectNode object) {
      resolve(object, ids);
    } else if (value instanceof ArrayNode array) {
      for (int i = 0; i < array.size(); i++) {
        array.set(i, resolved("", array.get(i), ids));
      }
    } else if (value.isTextual()) {
      return resolved(member, value.textValue(), value, ids);
    }
    return value;
  }

  private static JsonNode resolved(
      String member, String text, JsonNode value, UnaryOperator<String> ids) {
    if (text.startsWith(PREFIX)) {
      return TextNode.valueOf(ids.apply(text.substring(PREFIX.length())));
    }
    if (isPath(member) && text.contains(PREFIX)) {
      return TextNode.valueOf(
          QUOTED
              .matcher(text)
              .replaceAll(
                  found -> Matcher.quoteReplacement("\"" + ids.apply(found.group(1)) + "\"")));
    }
    return value;
  }

  private static boolean isPath(String member) {
    return member.equalsIgnoreCase(PATH);
  }
}
