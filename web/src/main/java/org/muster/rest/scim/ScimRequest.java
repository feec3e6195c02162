package org.muster.rest.scim;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.muster.scim.ScimException;

/**
 * A SCIM request that is written down as JSON.
 *
 * @param path below the SCIM base of the tenant, raw, without a query
 * @param query raw; may be empty
 * @param headers by name in lower case; several values are joined by commas
 * @param body empty if there is none
 */
public record ScimRequest(
    String method,
    String path,
    String query,
    Map<String, String> headers,
    Optional<JsonNode> body) {
  private static final Set<String> MEMBERS = Set.of("method", "path", "query", "headers", "body");
  private static final int LENGTH_MOST = 16_384;
  private static final int HEADERS_MOST = 100;

  public ScimRequest {
    headers = Map.copyOf(headers);
  }

  /**
   * The request that a JSON object describes.
   *
   * @throws ScimException 400 if it describes none
   */
  public static ScimRequest of(ObjectNode json) {
    for (Map.Entry<String, JsonNode> member : json.properties()) {
      if (!MEMBERS.contains(member.getKey())) {
        throw invalid("A request is described by method, path, query, headers and body alone");
      }
    }
    String method = text(json, "method");
    String target = text(json, "path");
    if (!target.startsWith("/") || target.startsWith("/scim/") || target.startsWith("/t/")) {
      throw invalid(
          "path must be relative to the SCIM base of the tenant, such as /Users or /Users/2819c223");
    }
    if (target.length() > LENGTH_MOST || !target.chars().allMatch(c -> c > 0x20 && c < 0x7f)) {
      throw invalid(
          "path must be at most " + LENGTH_MOST + " characters of ASCII, percent-encoded");
    }
    int mark = target.indexOf('?');
    List<String> query = new ArrayList<>();
    if (mark >= 0) {
      query.add(target.substring(mark + 1));
    }
    addQuery(json.path("query"), query);
    return new ScimRequest(
        method,
        mark < 0 ? target : target.substring(0, mark),
        String.join("&", query),
        headers(json.path("headers")),
        Optional.ofNullable(json.get("body")));
  }

  /** The value of a header, named in lower case. */
  Optional<String> header(String name) {
    return Optional.ofNullable(headers.get(name));
  }

  private static String text(ObjectNode json, String name) {
    JsonNode value = json.path(name);
    if (!value.isTextual()) {
      throw invalid(name + " must be given, as a string");
    }
    return value.textValue();
  }

  /** The parameters of an object, encoded; a string is taken for a raw query. */
  private static void addQuery(JsonNode json, List<String> query) {
    if (json.isMissingNode() || json.isNull()) {
      return;
    }
    if (json.isTextual()) {
      query.add(json.textValue());
      return;
    }
    if (!json.isObject()) {
      throw invalid("query must be an object of parameters, or a string");
    }
    for (Map.Entry<String, JsonNode> parameter : json.properties()) {
      for (String value : texts(parameter.getValue(), "A parameter of query")) {
        query.add(encoded(parameter.getKey()) + "=" + encoded(value));
      }
    }
  }

  private static String encoded(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8);
  }

  private static Map<String, String> headers(JsonNode json) {
    Map<String, String> headers = new TreeMap<>();
    if (json.isMissingNode() || json.isNull()) {
      return headers;
    }
    if (!json.isObject() || json.size() > HEADERS_MOST) {
      throw invalid("headers must be an object of at most " + HEADERS_MOST + " headers");
    }
    for (Map.Entry<String, JsonNode> header : json.properties()) {
      String value = String.join(",", texts(header.getValue(), "A header"));
      headers.merge(header.getKey().toLowerCase(Locale.ROOT), value, (a, b) -> a + "," + b);
    }
    return headers;
  }

  /** The texts that a scalar or an array of scalars is. */
  private static List<String> texts(JsonNode json, String what) {
    List<String> texts = new ArrayList<>();
    for (JsonNode each : json.isArray() ? json : List.of(json)) {
      if (!each.isValueNode() || each.isNull()) {
        throw invalid(what + " must be a string, a number, or an array of them");
      }
      texts.add(each.asText());
    }
    return texts;
  }

  private static ScimException invalid(String detail) {
    return ScimException.badRequest(ScimException.Type.INVALID_VALUE, detail);
  }
}
