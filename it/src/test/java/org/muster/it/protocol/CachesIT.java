package org.muster.it.protocol;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.muster.it.ScimClient;
import org.muster.it.ScimResponse;

/** Caches for applications. */
class CachesIT extends Protocol {
  private static final String CACHES = "/storage/v1/caches";
  private static final String ENTRIES = CACHES + "/sessions/entries";

  private final OwnTenant tenant = OwnTenant.create(server(), unique("c").substring(0, 30));
  private final ScimClient client =
      client(OwnTenant.issue(server(), tenant.id(), List.of("caches.read", "caches.write")));

  private static ScimClient client(ScimResponse issued) {
    return new ScimClient(server().url(), issued.json().path("token").asText());
  }

  private ScimResponse put(String path, String type, String value) {
    return client.with("Content-Type", type).send("PUT", path, BodyPublishers.ofString(value));
  }

  private static String entry(String key) {
    return ENTRIES + "/" + encode(key).replace("+", "%20");
  }

  private JsonNode stats() {
    return client.get(CACHES + "/sessions").expect(200).json();
  }

  @Test
  void valueIsGivenBackAsItWasPut() {
    String value = "{\"cart\": [1, 2]}";
    ScimResponse put = put(entry("a"), "application/json;v=2", value).expect(204);
    ScimResponse got = client.get(entry("a")).expect(200);
    assertThat(got.text()).isEqualTo(value);
    assertThat(got.header("Content-Type")).isEqualTo("application/json;v=2");
    assertThat(got.etag()).isEqualTo(put.etag()).matches("\"[A-Za-z0-9_-]{16}\"");
    assertThat(got.header("Cache-Control")).isEqualTo("private, no-cache");
    assertThat(got.header("Content-Length")).isEqualTo("" + value.length());
    assertThat(got.header("Content-Security-Policy")).isEqualTo("sandbox");
    assertThat(got.header("X-Content-Type-Options")).isEqualTo("nosniff");
    ScimResponse head = client.send("HEAD", entry("a"), BodyPublishers.noBody()).expect(200);
    assertThat(head.header("Content-Length")).isEqualTo("" + value.length());
    assertThat(head.etag()).isEqualTo(put.etag());
    client.with("If-None-Match", put.etag()).get(entry("a")).expect(304);
    client.with("If-None-Match", "\"other\", W/" + put.etag()).get(entry("a")).expect(304);
    client.with("If-None-Match", "\"other\"").get(entry("a")).expect(200);
    assertThat(put(entry("a"), "text/plain", value).expect(204).etag()).isNotEqualTo(put.etag());
    client.delete(entry("a")).expect(204);
    client.delete(entry("a")).expect(404);
    client.get(entry("a")).expect(404);
  }

  @Test
  void bytesOfAnyKindAreKept() throws Exception {
    byte[] bytes = new byte[100_000];
    new Random(7).nextBytes(bytes);
    URI uri = URI.create(serverUrl() + entry("bytes"));
    String token =
        "Bearer "
            + OwnTenant.issue(server(), tenant.id(), List.of("caches.read", "caches.write"))
                .json()
                .path("token")
                .asText();
    HttpClient http = HttpClient.newHttpClient();
    HttpRequest put =
        HttpRequest.newBuilder(uri)
            .header("Authorization", token)
            .PUT(BodyPublishers.ofByteArray(bytes))
            .build();
    assertThat(http.send(put, BodyHandlers.discarding()).statusCode()).isEqualTo(204);
    HttpRequest get = HttpRequest.newBuilder(uri).header("Authorization", token).build();
    HttpResponse<byte[]> got = http.send(get, BodyHandlers.ofByteArray());
    assertThat(got.body()).isEqualTo(bytes);
    assertThat(got.headers().firstValue("Content-Type")).contains("application/octet-stream");
    assertThat(put(entry("empty"), "text/plain", "").expect(204).etag()).isNotEmpty();
    assertThat(client.get(entry("empty")).expect(200).text()).isEmpty();
  }

  @Test
  void entryIsGoneWhenItsTimeIsOver() throws Exception {
    put(entry("a") + "?ttl=1", "text/plain", "x").expect(204);
    put(entry("b") + "?ttl=100", "text/plain", "x").expect(204);
    assertThat(client.get(entry("b")).expect(200).header("Cache-Control"))
        .matches("private, max-age=(9[5-9]|100)");
    Thread.sleep(1_100);
    client.get(entry("a")).expect(404);
    client.get(entry("b")).expect(200);
    client.post(CACHES + "/sessions/.cleanup", "").expect(200);
    assertThat(stats().path("entries").asLong()).isEqualTo(1);
    assertThat(stats().path("expirations").asLong()).isEqualTo(1);
    assertThat(client.post(CACHES + "/sessions/.cleanup", "").json().path("removed").asLong())
        .isZero();
  }

  @Test
  void onlyOneOfThoseWhoPutIfNothingIsThereDoes() {
    ScimClient careful = client.with("If-None-Match", "*").with("Content-Type", "text/plain");
    careful.send("PUT", entry("lock"), BodyPublishers.ofString("1")).expect(201);
    ScimResponse late = careful.send("PUT", entry("lock"), BodyPublishers.ofString("2"));
    assertThat(late.status()).isEqualTo(412);
    assertThat(late.header("Content-Type")).startsWith("application/problem+json");
    assertThat(client.get(entry("lock")).text()).isEqualTo("1");
    client.delete(entry("lock")).expect(204);
    careful.send("PUT", entry("lock"), BodyPublishers.ofString("3")).expect(201);
  }

  @Test
  void keysOfEveryPlaneAreKeptAndListedByCodePoint() {
    List<String> keys =
        List.of(
            "a",
            "a b",
            "a;b=c",
            "b",
            "ä",
            "\u00ff",
            "日本",
            "\uffee",
            "😀",
            "\ud840\udc00",
            "\udbff\udffd");
    for (String key : keys) {
      put(entry(key), "text/plain;charset=UTF-8", "of " + key).expect(204);
    }
    for (String key : keys) {
      assertThat(client.get(entry(key)).expect(200).text()).isEqualTo("of " + key);
    }
    assertThat(listed("")).isEqualTo(keys);
    assertThat(listed("?prefix=a")).isEqualTo(keys.subList(0, 3));
    assertThat(listed("?prefix=" + encode("😀"))).containsExactly("😀");
    List<String> paged = new ArrayList<>();
    String cursor = "";
    do {
      JsonNode page = client.get(ENTRIES + "?limit=4&cursor=" + encode(cursor)).expect(200).json();
      page.path("items").forEach(item -> paged.add(item.path("key").asText()));
      cursor = page.path("nextCursor").asText();
    } while (!cursor.isEmpty());
    assertThat(paged).isEqualTo(keys);
    assertThat(client.get(CACHES).json().at("/items/0/name").asText()).isEqualTo("sessions");
    client.delete(ENTRIES).expect(204);
    assertThat(listed("")).isEmpty();
    assertThat(client.get(CACHES).json().path("items")).isEmpty();
  }

  private List<String> listed(String query) {
    List<String> keys = new ArrayList<>();
    client
        .get(ENTRIES + query)
        .expect(200)
        .json()
        .path("items")
        .forEach(item -> keys.add(item.path("key").asText()));
    return keys;
  }

  @Test
  void statisticsAddUp() {
    put(entry("a"), "text/plain", "x").expect(204);
    for (int i = 0; i < 3; i++) {
      client.get(entry("a")).expect(200);
    }
    client.get(entry("b")).expect(404);
    JsonNode stats = stats();
    assertThat(stats.path("hits").asLong()).isEqualTo(3);
    assertThat(stats.path("misses").asLong()).isEqualTo(1);
    assertThat(stats.path("hitRatio").asDouble()).isEqualTo(0.75);
    assertThat(stats.path("entries").asLong()).isEqualTo(1);
    assertThat(stats.path("bytes").asLong()).isPositive();
    JsonNode levels = stats.path("levels");
    long hits = 0;
    for (JsonNode level : levels) {
      hits += level.path("hits").asLong();
    }
    assertThat(hits).isEqualTo(3);
    assertThat(levels.path(levels.size() - 1).path("misses").asLong()).isEqualTo(1);
  }

  @Test
  void scopesSayWhoMayReadAndWrite() {
    put(entry("a"), "text/plain", "x").expect(204);
    ScimClient reader = client(OwnTenant.issue(server(), tenant.id(), List.of("caches.read")));
    ScimClient writer = client(OwnTenant.issue(server(), tenant.id(), List.of("caches.write")));
    ScimClient other = client(OwnTenant.issue(server(), tenant.id(), List.of("storage.read")));
    reader.get(entry("a")).expect(200);
    reader.get(CACHES).expect(200);
    reader.delete(entry("a")).expect(403);
    reader.put(entry("a"), "x").expect(403);
    reader.delete(ENTRIES).expect(403);
    reader.post(CACHES + "/sessions/.cleanup", "").expect(403);
    writer.get(entry("a")).expect(403);
    writer.put(entry("a"), "y").expect(204);
    other.get(entry("a")).expect(403);
    other.put(entry("a"), "y").expect(403);
    tenant.admin().get(entry("a")).expect(200);
    client.without("Authorization").get(entry("a")).expect(401);
  }

  @Test
  void cachesOfAnotherTenantAreNotThere() {
    OwnTenant other = OwnTenant.create(server(), unique("o").substring(0, 30));
    put(entry("a"), "text/plain", "mine").expect(204);
    other.admin().get(entry("a")).expect(404);
    other.admin().get(entry("a") + "?tenant=" + tenant.id()).expect(404);
    assertThat(other.admin().get(CACHES).expect(200).json().path("items")).isEmpty();
    assertThat(OwnTenant.root(server()).get(entry("a") + "?tenant=" + tenant.id()).text())
        .isEqualTo("mine");
  }

  @Test
  void limitsOfTheTenantHold() {
    OwnTenant small =
        OwnTenant.create(
            server(),
            unique("s").substring(0, 30),
            "\"limits\":{\"cacheValueBytes\":10,\"cacheEntries\":2,\"caches\":1}");
    ScimClient admin = small.admin();
    ScimResponse large = admin.put(entry("a"), "x".repeat(11));
    assertThat(large.status()).isEqualTo(413);
    assertThat(large.text()).contains("10 bytes");
    admin.put(entry("a"), "x".repeat(10)).expect(204);
    ScimResponse another = admin.put(CACHES + "/other/entries/a", "x");
    assertThat(another.status()).isEqualTo(403);
    assertThat(another.json().path("detail").asText())
        .isEqualTo("This tenant may not have more caches with entries than 1");
    admin.put(entry("b"), "x").expect(204);
    admin.put(entry("c"), "x").expect(403);
    admin.delete(entry("a")).expect(204);
    admin.put(entry("c"), "x").expect(204);
    admin.delete(ENTRIES).expect(204);
    admin.put(CACHES + "/other/entries/a", "x").expect(204);
  }

  @Test
  void whatMakesNoSenseIsRefused() {
    for (String ttl : List.of("0", "-1", "1.5", "x", "", "99999999999999999999", "31536001")) {
      refused(400, put(entry("a") + "?ttl=" + ttl, "text/plain", "x"));
    }
    refused(400, put(entry("a") + "?ttl=1&ttl=2", "text/plain", "x"));
    refused(400, put(entry("x".repeat(513)), "text/plain", "x"));
    put(entry("x".repeat(512)), "text/plain", "x").expect(204);
    refused(400, put(entry("a\u0000b"), "text/plain", "x"));
    for (String raw : List.of("%FF", "%C3", "%ED%A0%80", "%F5%80%80%80", "%C0%80")) {
      refused(400, put(ENTRIES + "/" + raw, "text/plain", "x"));
    }
    for (String name : List.of("a%20b", "%C3%A4", "x".repeat(65), "a%2Fb")) {
      assertThat(client.get(CACHES + "/" + name).status()).as(name).isIn(400, 404);
    }
    for (String type :
        List.of("text", "text/", "a b/c", "text/plain;\u00e4", "x/" + "y".repeat(255))) {
      if (type.chars().allMatch(c -> c < 0x80)) {
        refused(400, put(entry("a"), type, "x"));
      }
    }
    refused(415, client.with("Content-Encoding", "gzip").put(entry("a"), "x"));
    refused(400, client.with("If-Match", "\"a\"").put(entry("a"), "x"));
    refused(400, client.with("If-None-Match", "\"a\"").put(entry("a"), "x"));
    refused(400, client.with("If-None-Match", "nonsense").put(entry("a"), "x"));
    refused(400, client.get(ENTRIES + "?limit=0"));
    refused(400, client.get(ENTRIES + "?limit=1001"));
    refused(400, client.get(ENTRIES + "?prefix=b&cursor=a"));
    refused(404, client.delete(ENTRIES + "/"));
    refused(404, client.get(ENTRIES + "/a/b"));
    refused(404, client.get(CACHES + "/sessions/else"));
    assertThat(listed("?prefix=a")).isEmpty();
  }

  private static void refused(int status, ScimResponse answer) {
    assertThat(answer.status()).as(answer.text()).isEqualTo(status);
    assertThat(answer.header("Content-Type")).startsWith("application/problem+json");
    assertThat(answer.text()).doesNotContainPattern("(?i)exception|org\\.muster|java\\.");
  }

  @Test
  void methodsThatAreNotThereAreNamed() {
    allows("GET, HEAD, OPTIONS", "PUT", CACHES);
    allows("GET, HEAD, OPTIONS", "DELETE", CACHES + "/sessions");
    allows("GET, HEAD, DELETE, OPTIONS", "POST", ENTRIES);
    allows("GET, HEAD, PUT, DELETE, OPTIONS", "PATCH", entry("a"));
    allows("POST, OPTIONS", "GET", CACHES + "/sessions/.cleanup");
  }

  private void allows(String allowed, String method, String path) {
    ScimResponse refused = client.sendJson(method, path, "");
    assertThat(refused.status()).isEqualTo(405);
    assertThat(refused.header("Allow")).isEqualTo(allowed);
    ScimResponse options = client.send("OPTIONS", path, BodyPublishers.noBody()).expect(204);
    assertThat(options.header("Allow")).isEqualTo(allowed);
  }
}
