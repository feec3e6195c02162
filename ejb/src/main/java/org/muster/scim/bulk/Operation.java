package org.muster.scim.bulk;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * One operation as it was sent, right or wrong.
 *
 * @param number its place in the request, from 0
 * @param method in capitals; empty if it is no text
 */
record Operation(int number, String method, Optional<String> bulkId, ObjectNode json) {
  static final String POST = "POST";
  static final String PUT = "PUT";
  static final String PATCH = "PATCH";
  static final String DELETE = "DELETE";

  static Operation of(int number, ObjectNode json) {
    return new Operation(
        number,
        json.path("method").asText("").toUpperCase(Locale.ROOT),
        text(json.path("bulkId")).filter(text -> !text.isEmpty()),
        json);
  }

  /** The operation without its data, which may be large, for who only tells its result. */
  Operation outline() {
    ObjectNode rest = JsonNodeFactory.instance.objectNode();
    for (Map.Entry<String, JsonNode> member : json.properties()) {
      if (!member.getKey().equals("data")) {
        rest.set(member.getKey(), member.getValue());
      }
    }
    return new Operation(number, method, bulkId, rest);
  }

  /** The text of a member, if it is one. */
  Optional<String> text(String member) {
    return text(json.path(member));
  }

  private static Optional<String> text(JsonNode value) {
    return Optional.ofNullable(value.textValue());
  }
}
