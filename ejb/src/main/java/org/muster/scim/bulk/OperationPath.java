package org.muster.scim.bulk;

import java.net.URLDecoder;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.muster.scim.ScimException;

/**
 * The path of an operation, relative to the base of the tenant (RFC 7644 section 3.7): {@code
 * /Users} or {@code /Users/2819c223}.
 *
 * @param id an id, or a reference to a bulkId
 */
record OperationPath(String endpoint, Optional<String> id) {

  /** The path of a text; 400 invalidValue if it is none. */
  static OperationPath parse(String text) {
    if (!text.startsWith("/") || text.startsWith("//") || text.indexOf('?') >= 0) {
      throw invalid("path must be relative to the base, such as /Users or /Users/2819c223");
    }
    String[] segments = text.substring(1).split("/", -1);
    if (segments[0].equalsIgnoreCase("Bulk")) {
      throw invalid("A bulk request can't hold another one");
    }
    if (segments.length > 2 || segments[0].isEmpty()) {
      throw invalid("path must be /{endpoint} or /{endpoint}/{id}, below the base of the tenant");
    }
    return new OperationPath(
        decode(segments[0]),
        segments.length < 2 || segments[1].isEmpty()
            ? Optional.empty()
            : Optional.of(decode(segments[1])));
  }

  /** The bulkId that a path refers to, if the text is a path and does. */
  static Optional<String> bulkId(String text) {
    try {
      return parse(text).bulkId();
    } catch (ScimException e) {
      return Optional.empty(); // told when the operation is done
    }
  }

  /** The bulkId that the path refers to. */
  Optional<String> bulkId() {
    return id.filter(text -> text.startsWith(References.PREFIX))
        .map(text -> text.substring(References.PREFIX.length()));
  }

  /** The path of the resource, percent-encoded. */
  String resolved(UnaryOperator<String> ids) {
    Optional<String> known = bulkId().map(ids).or(this::id);
    return "/" + encode(endpoint) + known.map(text -> "/" + encode(text)).orElse("");
  }

  private static String encode(String segment) {
    return URLEncoder.encode(segment, StandardCharsets.UTF_8)
        .replace("+", "%20")
        .replace("%40", "@")
        .replace("%3A", ":")
        .replace("%3D", "=")
        .replace("%2B", "+")
        .replace("%7E", "~");
  }

  private static String decode(String segment) {
    try {
      return URLDecoder.decode(segment.replace("+", "%2B"), StandardCharsets.UTF_8);
    } catch (IllegalArgumentException e) {
      throw invalid("path is not percent-encoded UTF-8");
    }
  }

  private static ScimException invalid(String detail) {
    return ScimException.badRequest(ScimException.Type.INVALID_VALUE, detail);
  }
}
