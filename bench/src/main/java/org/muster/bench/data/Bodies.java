package org.muster.bench.data;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.Collectors;

/** The SCIM paths and request bodies that the benchmarks use (RFC 7644). */
public final class Bodies {
  public static final String USERS = "/scim/v2/Users";
  public static final String GROUPS = "/scim/v2/Groups";

  private static final String PATCH =
      "{\"schemas\":[\"urn:ietf:params:scim:api:messages:2.0:PatchOp\"],\"Operations\":[";

  private Bodies() {}

  /** A query string for a filter, without the question mark. */
  public static String filter(String expression) {
    return "filter=" + encoded(expression);
  }

  public static String encoded(String value) {
    return URLEncoder.encode(value, StandardCharsets.UTF_8).replace("+", "%20");
  }

  /** A PATCH that sets {@code active}. */
  public static String activate(boolean active) {
    return PATCH + "{\"op\":\"replace\",\"path\":\"active\",\"value\":" + active + "}]}";
  }

  /** A PATCH that adds members. */
  public static String addMembers(List<String> ids) {
    return ids.stream()
        .map(id -> "{\"value\":\"" + id + "\"}")
        .collect(
            Collectors.joining(
                ",", PATCH + "{\"op\":\"add\",\"path\":\"members\",\"value\":[", "]}]}"));
  }

  /** A PATCH that removes one member. */
  public static String removeMember(String id) {
    return PATCH + "{\"op\":\"remove\",\"path\":\"members[value eq \\\"" + id + "\\\"]\"}]}";
  }
}
