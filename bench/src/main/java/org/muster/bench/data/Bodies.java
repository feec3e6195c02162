package org.muster.bench.data;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** The SCIM paths and request bodies that the benchmarks use (RFC 7644). */
public final class Bodies {
  public static final String USERS = "/scim/v2/Users";
  public static final String GROUPS = "/scim/v2/Groups";
  public static final String BULK = "/scim/v2/Bulk";

  /** Where tenants are made. */
  public static final String TENANTS = "/admin/v1/tenants";

  /** Where tokens are issued. */
  public static final String TOKENS = "/admin/v1/tokens";

  /** How many operations a bulk request has. */
  public static final int TOGETHER = 1000;

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

  /** A new tenant. */
  public static String tenant(String id) {
    return "{\"id\":\"" + id + "\"}";
  }

  /** A token that reads and writes the resources of a tenant. */
  public static String token(String tenant) {
    return "{\"tenant\":\"" + tenant + "\",\"scopes\":[\"scim.read\",\"scim.write\"]}";
  }

  /** A bulk request that creates people, from the one of that index on. */
  public static String bulk(People people, int first) {
    return bulk(people, first, TOGETHER);
  }

  /** A bulk request that creates {@code count} people, from the one of that index on. */
  public static String bulk(People people, int first, int count) {
    return IntStream.range(first, first + count)
        .mapToObj(
            index ->
                "{\"method\":\"POST\",\"path\":\"/Users\",\"bulkId\":\"u"
                    + index
                    + "\",\"data\":"
                    + people.json(index)
                    + "}")
        .collect(
            Collectors.joining(
                ",",
                "{\"schemas\":[\"urn:ietf:params:scim:api:messages:2.0:BulkRequest\"],"
                    + "\"Operations\":[",
                "]}"));
  }

  /** A PATCH that removes one member. */
  public static String removeMember(String id) {
    return PATCH + "{\"op\":\"remove\",\"path\":\"members[value eq \\\"" + id + "\\\"]\"}]}";
  }
}
