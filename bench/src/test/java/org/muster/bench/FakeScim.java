package org.muster.bench;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.jspecify.annotations.Nullable;

/** A SCIM server in memory, of as much as the benchmarks ask for. */
public final class FakeScim implements AutoCloseable {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final String USERS = "/scim/v2/Users";
  private static final String BULK = "/scim/v2/Bulk";
  private static final String GROUPS = "/scim/v2/Groups";

  private final ExecutorService threads = Executors.newFixedThreadPool(8);
  private final HttpServer server;
  private final Map<String, ObjectNode> users = new TreeMap<>();
  private final Map<String, String> userNames = new HashMap<>();
  private final Map<String, String> groupNames = new LinkedHashMap<>();
  private final Map<String, Set<String>> members = new HashMap<>();
  private final Map<String, String> entries = new HashMap<>();
  private final Set<String> tenants = new LinkedHashSet<>();
  private final List<String> requests = new ArrayList<>();
  private int failures;
  private String hidden = "";

  public FakeScim() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.setExecutor(threads);
    server.createContext("/", this::handle);
    server.start();
  }

  public URI url() {
    return URI.create("http://127.0.0.1:" + server.getAddress().getPort());
  }

  /** Answers the next requests with 503. */
  public synchronized void failNext(int count) {
    failures = count;
  }

  /** Leaves a user out of every list. */
  public synchronized void hideOne() {
    hidden = users.keySet().iterator().next();
  }

  /** Method and path of every request so far. */
  public synchronized List<String> requests() {
    return List.copyOf(requests);
  }

  public synchronized int userCount() {
    return users.size();
  }

  public synchronized int tenantCount() {
    return tenants.size();
  }

  /** Names of the groups with their sizes. */
  public synchronized Map<String, Integer> groupSizes() {
    Map<String, Integer> sizes = new TreeMap<>();
    groupNames.forEach((id, name) -> sizes.merge(name, members(id).size(), Integer::sum));
    return sizes;
  }

  private void handle(HttpExchange exchange) throws IOException {
    byte[] body = exchange.getRequestBody().readAllBytes();
    Reply reply = answer(exchange.getRequestMethod(), exchange.getRequestURI(), body);
    if (reply.location() != null) {
      exchange.getResponseHeaders().set("Location", reply.location());
    }
    byte[] bytes = reply.body().getBytes(StandardCharsets.UTF_8);
    exchange.sendResponseHeaders(reply.status(), bytes.length == 0 ? -1 : bytes.length);
    exchange.getResponseBody().write(bytes);
    exchange.close();
  }

  private synchronized Reply answer(String method, URI uri, byte[] body) throws IOException {
    requests.add(method + " " + uri);
    if (failures > 0) {
      failures--;
      return new Reply(503, "busy", null);
    }
    String path = uri.getPath();
    if (path.startsWith("/bench/")) {
      return new Reply(200, "x".repeat(1024), null);
    }
    if (path.startsWith("/storage/v1/caches/")) {
      return cached(method, path, body);
    }
    Map<String, String> query = query(uri);
    String id = path.substring(path.lastIndexOf('/') + 1);
    return switch (method) {
      case "POST" -> post(path, body);
      case "PUT" ->
          users.replace(id, (ObjectNode) JSON.readTree(body)) == null
              ? new Reply(404, "", null)
              : new Reply(200, "{}", null);
      case "PATCH" -> path.startsWith(USERS) ? new Reply(204, "", null) : patchGroup(id, body);
      default -> get(path, id, query);
    };
  }

  private Reply cached(String method, String path, byte[] body) {
    if (method.equals("PUT")) {
      entries.put(path, new String(body, StandardCharsets.UTF_8));
      return new Reply(204, "", null);
    }
    String entry = entries.get(path);
    return entry == null ? new Reply(404, "", null) : new Reply(200, entry, null);
  }

  private Reply post(String path, byte[] body) throws IOException {
    return switch (path) {
      case USERS -> createUser(body);
      case BULK -> createAll(body);
      case "/admin/v1/tenants" ->
          tenants.add(JSON.readTree(body).get("id").textValue())
              ? new Reply(201, "{}", null)
              : new Reply(409, "{}", null);
      case "/admin/v1/tokens" ->
          tenants.contains(JSON.readTree(body).get("tenant").textValue())
              ? new Reply(201, "{\"token\":\"mst_of_a_tenant\"}", null)
              : new Reply(400, "{}", null);
      default -> createGroup(body);
    };
  }

  private Reply get(String path, String id, Map<String, String> query) {
    if (path.equals(USERS)) {
      return list(query);
    }
    if (path.equals(GROUPS)) {
      String name = value(query);
      return resources(
          groupNames.keySet().stream().filter(group -> name.equals(groupNames.get(group))).toList(),
          GROUPS,
          -1,
          null);
    }
    if (path.startsWith(GROUPS)) {
      return new Reply(200, id + members(id), null);
    }
    ObjectNode user = users.get(id);
    return user == null ? new Reply(404, "", null) : new Reply(200, withGroups(id, user), null);
  }

  private Reply list(Map<String, String> query) {
    if (query.getOrDefault("filter", "").startsWith("userName eq ")) {
      String id = userNames.get(value(query));
      return resources(id == null ? List.of() : List.of(id), USERS, -1, null);
    }
    if (query.containsKey("filter")) {
      return resources(List.of(), USERS, 0, null);
    }
    int count = Integer.parseInt(query.getOrDefault("count", "100"));
    String after = query.getOrDefault("cursor", "");
    List<String> page =
        users.keySet().stream()
            .filter(id -> id.compareTo(after) > 0 && !id.equals(hidden))
            .toList();
    boolean more = query.containsKey("cursor") && page.size() > count;
    page = page.subList(0, Math.min(count, page.size()));
    return resources(page, USERS, users.size(), more ? page.get(page.size() - 1) : null);
  }

  private static Reply resources(
      Collection<String> ids, String path, int total, @Nullable String next) {
    ObjectNode list = JSON.createObjectNode();
    list.put("totalResults", total < 0 ? ids.size() : total);
    if (next != null) {
      list.put("nextCursor", next);
    }
    ArrayNode resources = list.putArray("Resources");
    for (String id : ids) {
      resources.addObject().put("id", id).putObject("meta").put("location", path + "/" + id);
    }
    return new Reply(200, list.toString(), null);
  }

  private String withGroups(String id, ObjectNode user) {
    ObjectNode copy = user.deepCopy();
    ArrayNode groups = copy.putArray("groups");
    members.forEach(
        (group, in) -> {
          if (in.contains(id)) {
            groups.addObject().put("value", group).put("$ref", GROUPS + "/" + group);
          }
        });
    return copy.toString();
  }

  private Reply createAll(byte[] body) throws IOException {
    ObjectNode answer = JSON.createObjectNode();
    ArrayNode results = answer.putArray("Operations");
    for (JsonNode operation : JSON.readTree(body).path("Operations")) {
      Reply reply = createUser(JSON.writeValueAsBytes(operation.path("data")));
      ObjectNode result = results.addObject().put("status", reply.status());
      if (reply.status() == 201) {
        result.put("location", reply.location());
      } else {
        result.put("response", reply.body());
      }
    }
    return new Reply(200, answer.toString(), null);
  }

  private Reply createUser(byte[] body) throws IOException {
    ObjectNode user = (ObjectNode) JSON.readTree(body);
    String id = String.format(Locale.ROOT, "%036d", users.size());
    if (userNames.putIfAbsent(user.get("userName").textValue(), id) != null) {
      return new Reply(409, "{\"scimType\":\"uniqueness\"}", null);
    }
    users.put(id, user);
    return new Reply(201, user.toString(), "http://localhost" + USERS + "/" + id);
  }

  private Reply createGroup(byte[] body) throws IOException {
    String id = "g" + groupNames.size();
    groupNames.put(id, JSON.readTree(body).get("displayName").textValue());
    return new Reply(201, "{}", "http://localhost" + GROUPS + "/" + id);
  }

  private Reply patchGroup(String id, byte[] body) throws IOException {
    JsonNode operation = JSON.readTree(body).get("Operations").get(0);
    if (operation.get("op").textValue().equals("add")) {
      operation.get("value").forEach(member -> members(id).add(member.get("value").textValue()));
    } else {
      members(id).remove(operation.get("path").textValue().split("\"", -1)[1]);
    }
    return new Reply(groupNames.containsKey(id) ? 204 : 404, "", null);
  }

  private Set<String> members(String group) {
    return members.computeIfAbsent(group, g -> new LinkedHashSet<>());
  }

  private static String value(Map<String, String> query) {
    return query.getOrDefault("filter", "").split("\"", -1)[1];
  }

  private static Map<String, String> query(URI uri) {
    Map<String, String> query = new HashMap<>();
    String raw = uri.getRawQuery() == null ? "" : uri.getRawQuery();
    for (String pair : raw.split("&", -1)) {
      int equals = pair.indexOf('=');
      query.put(
          equals < 0 ? pair : pair.substring(0, equals),
          equals < 0 ? "" : URLDecoder.decode(pair.substring(equals + 1), StandardCharsets.UTF_8));
    }
    return query;
  }

  @Override
  public void close() {
    server.stop(0);
    threads.shutdownNow();
  }

  private record Reply(int status, String body, @Nullable String location) {}
}
