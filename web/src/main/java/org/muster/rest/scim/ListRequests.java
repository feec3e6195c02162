package org.muster.rest.scim;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalInt;
import org.muster.rest.request.QueryParameters;
import org.muster.scim.ScimException;
import org.muster.scim.projection.Selection;
import org.muster.scim.resource.ListRequest;

/** Reads the parameters of a list from a URL, or from the body of a search. */
final class ListRequests {
  private static final String SEARCH_REQUEST =
      "urn:ietf:params:scim:api:messages:2.0:SearchRequest";

  private ListRequests() {}

  /** The selection of a URL. */
  static Selection selection(QueryParameters parameters) {
    List<String> attributes = parameters.list("attributes");
    List<String> excluded = parameters.list("excludedAttributes");
    return attributes.isEmpty() && excluded.isEmpty()
        ? Selection.DEFAULT
        : new Selection(attributes, excluded);
  }

  /** The request of a URL (RFC 7644 section 3.4.2). */
  static ListRequest of(QueryParameters parameters) {
    return new ListRequest(
        parameters.text("filter"),
        parameters.text("sortBy").filter(name -> !name.isBlank()),
        descending(parameters.text("sortOrder")),
        parameters.number("startIndex"),
        parameters.number("count"),
        parameters.text("cursor"),
        selection(parameters));
  }

  /** The request of a body (RFC 7644 section 3.4.3). */
  static ListRequest of(ObjectNode body) {
    if (!texts(body, "schemas").contains(SEARCH_REQUEST)) {
      throw ScimException.badRequest(
          ScimException.Type.INVALID_SYNTAX,
          "The schemas of a search must contain " + SEARCH_REQUEST);
    }
    return new ListRequest(
        text(body, "filter"),
        text(body, "sortBy").filter(name -> !name.isBlank()),
        descending(text(body, "sortOrder")),
        number(body, "startIndex"),
        number(body, "count"),
        text(body, "cursor"),
        new Selection(texts(body, "attributes"), texts(body, "excludedAttributes")));
  }

  private static boolean descending(Optional<String> sortOrder) {
    return switch (sortOrder.orElse("").toLowerCase(Locale.ROOT)) {
      case "", "ascending" -> false;
      case "descending" -> true;
      default -> throw invalid("sortOrder must be ascending or descending");
    };
  }

  private static Optional<String> text(ObjectNode body, String name) {
    JsonNode value = value(body, name);
    if (value.isNull()) {
      return Optional.empty();
    }
    if (!value.isTextual()) {
      throw invalid(name + " must be a string");
    }
    return Optional.of(value.textValue());
  }

  private static OptionalInt number(ObjectNode body, String name) {
    JsonNode value = value(body, name);
    if (value.isNull()) {
      return OptionalInt.empty();
    }
    if (!value.isIntegralNumber()) {
      throw invalid(name + " must be a whole number");
    }
    if (value.canConvertToInt()) {
      return OptionalInt.of(value.intValue());
    }
    boolean negative = value.bigIntegerValue().signum() < 0;
    return OptionalInt.of(negative ? Integer.MIN_VALUE : Integer.MAX_VALUE);
  }

  private static List<String> texts(ObjectNode body, String name) {
    JsonNode value = value(body, name);
    if (!value.isNull() && !value.isArray()) {
      throw invalid(name + " must be an array of strings");
    }
    List<String> texts = new ArrayList<>();
    for (JsonNode element : value) {
      if (!element.isTextual()) {
        throw invalid(name + " must be an array of strings");
      }
      texts.add(element.textValue());
    }
    return texts;
  }

  /** The member of that name in any case, as names in SCIM bodies are; null if there is none. */
  private static JsonNode value(ObjectNode body, String name) {
    for (var field : body.properties()) {
      if (field.getKey().equalsIgnoreCase(name)) {
        return field.getValue();
      }
    }
    return body.nullNode();
  }

  private static ScimException invalid(String detail) {
    return ScimException.badRequest(ScimException.Type.INVALID_VALUE, detail);
  }
}
