package org.muster.it.protocol;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.net.URI;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.muster.it.ScimClient;
import org.muster.it.ScimResponse;

/** The change feed: pages, streams, and who may read what. */
@Timeout(120)
class ChangeFeedIT extends Protocol {
  private static final String EVENTS = "/storage/v1/events";
  private final OwnTenant tenant = OwnTenant.create(server(), unique("f").substring(0, 30));

  @Test
  void changesOfAUserAreToldWithWhoMadeThem() {
    ScimClient scim =
        tenant
            .scim()
            .with("User-Agent", "feed-test/1.0 (\"x\")")
            .with("X-Request-Id", "feed-request-1")
            .with("X-Forwarded-For", "192.0.2.77");
    String id = scim.post("/Users", user("ann")).expect(201).id();
    tenant
        .scim()
        .sendJson(
            "PATCH",
            "/Users/" + id,
            patchBody("{\"op\":\"replace\",\"path\":\"title\",\"value\":\"Boss\"}"))
        .expect(204);
    tenant.scim().delete("/Users/" + id).expect(204);
    waitUntil(() -> walk("", 100).size() == 3);
    List<JsonNode> events = walk("", 100);
    assertThat(events)
        .extracting(event -> event.path("type").asText())
        .containsExactly("created", "patched", "deleted");
    JsonNode created = events.get(0);
    assertThat(created.path("collection").asText()).isEqualTo("User");
    assertThat(created.path("resourceId").asText()).isEqualTo(id);
    assertThat(created.path("number").asInt()).isEqualTo(1);
    assertThat(created.path("actor").asText()).isEqualTo(tenant.tokenId());
    assertThat(created.path("client").asText()).isEqualTo(tenant.tokenId());
    assertThat(created.path("userAgent").asText()).isEqualTo("feed-test/1.0 (\"x\")");
    assertThat(created.path("requestId").asText()).isEqualTo("feed-request-1");
    assertThat(created.path("address").asText()).isEqualTo("192.0.2.77");
    assertThat(created.at("/content/document/userName").asText()).isEqualTo("ann");
    assertThat(created.path("version").asText()).isNotEmpty();
    assertThat(created.path("time").asText()).matches("2\\d{3}-.*Z");
    assertThat(events.get(2).path("number").asInt()).isEqualTo(3);
  }

  @Test
  void pagesGoOnBehindNextAndLeaveNothingOut() {
    for (int i = 0; i < 7; i++) {
      tenant.scim().post("/Users", user("u" + i)).expect(201);
    }
    waitUntil(() -> walk("", 100).size() == 7);
    List<JsonNode> all = walk("", 100);
    assertThat(walk("", 3)).isEqualTo(all);
    assertThat(walk("", 1)).isEqualTo(all);
    String position = all.get(4).path("position").asText();
    assertThat(walk("&after=" + position, 100)).isEqualTo(all.subList(5, 7));
  }

  @Test
  void endIsBeforeWhatIsYetToCome() {
    tenant.scim().post("/Users", user("before")).expect(201);
    waitUntil(() -> walk("", 100).size() == 1);
    String end = feed("?after=end").expect(200).json().path("next").asText();
    tenant.scim().post("/Users", user("after")).expect(201);
    waitUntil(() -> walk("", 100).size() == 2);
    assertThat(walk("&after=" + end, 100))
        .extracting(event -> event.at("/content/document/userName").asText())
        .containsExactly("after");
  }

  @Test
  void onlyWhatIsWantedIsTold() {
    String id = tenant.scim().post("/Users", user("ann")).expect(201).id();
    tenant.scim().post("/Groups", group("g")).expect(201);
    tenant.scim().delete("/Users/" + id).expect(204);
    waitUntil(() -> walk("", 100).size() == 3);
    assertThat(walk("&collection=Group", 100)).hasSize(1);
    assertThat(walk("&collection=User&collection=Group", 100)).hasSize(3);
    assertThat(walk("&type=deleted", 100)).hasSize(1);
    assertThat(walk("&type=created&type=deleted&collection=User", 100)).hasSize(2);
    assertThat(walk("&type=reindexed", 100)).isEmpty();
  }

  @Test
  void streamTellsWhatThereIsAndWhatComes() {
    tenant.scim().post("/Users", user("u0")).expect(201);
    try (EventReader reader = stream("", "")) {
      assertThat(reader.status()).isEqualTo(200);
      assertThat(reader.headers().firstValue("Content-Type").orElse(""))
          .startsWith("text/event-stream");
      assertThat(reader.headers().firstValue("Cache-Control")).contains("no-store");
      EventReader.Sent first = reader.next();
      assertThat(first.type()).isEqualTo("created");
      assertThat(first.id()).isEqualTo(first.item().path("position").asText());
      assertThat(first.item().at("/content/document/userName").asText()).isEqualTo("u0");
      tenant.scim().post("/Users", user("u1")).expect(201);
      assertThat(reader.next().item().at("/content/document/userName").asText()).isEqualTo("u1");
      assertThat(walk("", 100)).element(0).isEqualTo(first.item());
    }
  }

  @Test
  void clientThatComesBackMissesNothingAndGetsNothingTwice() throws InterruptedException {
    int writers = 4;
    int each = 30;
    CountDownLatch done = new CountDownLatch(writers);
    for (int writer = 0; writer < writers; writer++) {
      String name = "w" + writer + "-";
      new Thread(
              () -> {
                for (int i = 0; i < each; i++) {
                  tenant.scim().post("/Users", user(name + i)).expect(201);
                }
                done.countDown();
              })
          .start();
    }
    List<JsonNode> heard = new ArrayList<>();
    String last = "";
    int streams = 0;
    while (heard.size() < writers * each && streams < 100) {
      streams++;
      try (EventReader reader = stream("", last)) {
        int before = heard.size();
        EventReader.Sent sent = reader.poll(5_000);
        while (sent != null) {
          heard.add(sent.item());
          last = sent.id();
          sent = heard.size() - before < 17 ? reader.poll(5_000) : null;
        }
      }
    }
    assertThat(done.await(60, TimeUnit.SECONDS)).isTrue();
    assertThat(streams).isBetween(5, 99);
    assertThat(heard).isEqualTo(walk("", 50));
    assertThat(new HashSet<>(heard)).hasSize(writers * each);
  }

  @Test
  void quietStreamIsToldItsPositionAndEndsSoThatTheCredentialIsCheckedAgain() {
    ScimResponse issued = OwnTenant.issue(server(), tenant.id(), List.of("storage.read"));
    String token = issued.json().path("token").asText();
    String last;
    try (EventReader reader = EventReader.open(url("?after=end"), token, "")) {
      waitUntil(() -> !reader.lastEventId().isEmpty());
      OwnTenant.root(server()).delete("/admin/v1/tokens/" + issued.id()).expect(204);
      waitUntil(reader::isEnded);
      assertThat(reader.heartbeats()).isGreaterThanOrEqualTo(1);
      last = reader.lastEventId();
    }
    try (EventReader refused = EventReader.open(url("?after=end"), token, last)) {
      assertThat(refused.status()).isEqualTo(401);
    }
    tenant.scim().post("/Users", user("meanwhile")).expect(201);
    try (EventReader reader = stream("?after=end", last)) {
      assertThat(reader.next().item().at("/content/document/userName").asText())
          .isEqualTo("meanwhile");
    }
  }

  @Test
  void streamsOfATenantAreBoundedAndKeepNoThreadOfTheListener() {
    List<EventReader> open = new ArrayList<>();
    try {
      // those that end meanwhile, since their time is over, make room again: so quickly
      for (int i = 0; i < 20; i++) {
        EventReader reader = stream("?after=end", "");
        assertThat(reader.status()).isEqualTo(200);
        open.add(reader);
      }
      ScimResponse refused =
          tenant.admin().with("Accept", "text/event-stream").get(EVENTS + "?after=end");
      assertThat(refused.status()).as(refused.text()).isEqualTo(429);
      assertThat(refused.header("Retry-After")).isEqualTo("5");
      assertThat(refused.header("Content-Type")).startsWith("application/problem+json");
      // more streams than threads: all are served nevertheless
      tenant.scim().post("/Users", user("ann")).expect(201);
      open.forEach(
          reader ->
              assertThat(reader.next().item().at("/content/document/userName").asText())
                  .isEqualTo("ann"));
      OwnTenant other = OwnTenant.create(server(), unique("o").substring(0, 30));
      try (EventReader reader = EventReader.open(url(""), other.token(), "")) {
        assertThat(reader.status()).isEqualTo(200);
      }
    } finally {
      open.forEach(EventReader::close);
    }
    // who has gone is noticed
    waitUntil(() -> metric("muster_feed_streams").equals("0"));
    try (EventReader reader = stream("?after=end", "")) {
      assertThat(reader.status()).isEqualTo(200);
    }
  }

  @Test
  void clientThatDoesNotReadHoldsUpNobody() throws IOException {
    String text = "x".repeat(200_000);
    try (RawConnection slow = new RawConnection(server().url());
        EventReader fast = stream("?after=end", "")) {
      slow.send(
          "GET "
              + EVENTS
              + " HTTP/1.1\r\nHost: x\r\nAccept: text/event-stream\r\nAuthorization: Bearer "
              + tenant.token()
              + "\r\n\r\n");
      for (int i = 0; i < 60; i++) {
        tenant
            .scim()
            .post(
                "/Users",
                "{\"schemas\":[\"%s\"],\"userName\":\"u%d\",\"title\":\"%s\"}"
                    .formatted(USER, i, text))
            .expect(201);
        assertThat(fast.next().item().at("/content/document/userName").asText()).isEqualTo("u" + i);
      }
    }
    waitUntil(() -> metric("muster_feed_streams").equals("0"));
  }

  @Test
  void tenantsAreToldOfTheirOwnChangesAlone() {
    OwnTenant other = OwnTenant.create(server(), unique("o").substring(0, 30));
    try (EventReader reader = stream("", "")) {
      other.scim().post("/Users", user("foreign")).expect(201);
      tenant.scim().post("/Users", user("own")).expect(201);
      assertThat(reader.next().item().at("/content/document/userName").asText()).isEqualTo("own");
      assertThat(reader.poll(500)).isNull();
    }
    assertThat(walk("", 100)).hasSize(1);
    feed("?tenant=" + other.id()).expect(404);
    feed("?tenant=" + tenant.id()).expect(200);
    ScimClient root = OwnTenant.root(server());
    assertThat(root.get(EVENTS + "?tenant=" + other.id()).expect(200).json().path("items"))
        .hasSize(1);
    root.get(EVENTS + "?tenant=nobody").expect(404);
  }

  @Test
  void scopeDecidesWhoReads() {
    for (String scope : List.of("storage.read", "tenant.admin")) {
      as(scope).get(EVENTS).expect(200);
    }
    for (String scope : List.of("scim.read", "scim.write", "storage.write")) {
      as(scope).get(EVENTS).expect(403);
      as(scope).with("Accept", "text/event-stream").get(EVENTS).expect(403);
      as(scope).get("/storage/v1/consumers").expect(403);
    }
    as("storage.read")
        .sendJson("PUT", "/storage/v1/consumers/a", "{\"position\":\"end\"}")
        .expect(403);
    as("storage.write")
        .sendJson("PUT", "/storage/v1/consumers/a", "{\"position\":\"end\"}")
        .expect(201);
  }

  @Test
  void whatMakesNoSenseIsRefused() {
    for (String query :
        List.of(
            "?after=nonsense",
            "?after=-1--1",
            "?after=99999999999999999999",
            "?after=0&after=11",
            "?after=0&consumer=a",
            "?after=0%00",
            "?limit=0",
            "?limit=1001",
            "?limit=ten",
            "?type=nonsense",
            "?type=%27%20or%201=1",
            "?collection=Nothing",
            "?collection=%24definitions",
            "?collection=" + "x".repeat(5_000),
            "?after=%ff")) {
      for (String accept : List.of("application/json", "text/event-stream")) {
        ScimResponse refused = tenant.admin().with("Accept", accept).get(EVENTS + query);
        assertThat(refused.status()).as(query + refused.text()).isEqualTo(400);
        assertThat(refused.header("Content-Type")).startsWith("application/problem+json");
        assertThat(refused.text()).doesNotContainPattern("(?i)exception|org\\.muster|select ");
      }
    }
    assertThat(
            tenant
                .admin()
                .with("Accept", "text/event-stream")
                .with("Last-Event-ID", "nonsense")
                .get(EVENTS)
                .status())
        .isEqualTo(400);
    feed("?consumer=nobody").expect(404);
    feed("?consumer=.part").expect(404);
    tenant.admin().with("Accept", "text/html").get(EVENTS).expect(406);
    tenant.admin().sendJson("POST", EVENTS, "{}").expect(405);
    tenant.admin().delete(EVENTS).expect(405);
    tenant.admin().get(EVENTS + "/x").expect(404);
    tenant.admin().without("Authorization").get(EVENTS).expect(401);
    for (String accept : List.of("application/json", "text/event-stream")) {
      Answer head =
          sendTo(serverUrl() + EVENTS, "Bearer " + tenant.token(), "HEAD", "", "Accept", accept);
      assertThat(head.status()).isEqualTo(200);
      assertThat(head.contentType()).startsWith(accept);
    }
  }

  private ScimClient as(String scope) {
    return tenant
        .admin()
        .as(OwnTenant.issue(server(), tenant.id(), List.of(scope)).json().path("token").asText());
  }

  private ScimResponse feed(String query) {
    return tenant.admin().get(EVENTS + query);
  }

  private EventReader stream(String query, String lastEventId) {
    return EventReader.open(url(query), tenant.token(), lastEventId);
  }

  private static URI url(String query) {
    return URI.create(serverUrl() + EVENTS + query);
  }

  /** All events, from page to page. */
  private List<JsonNode> walk(String query, int limit) {
    List<JsonNode> items = new ArrayList<>();
    String after = query.contains("after=") ? "" : "&after=0";
    String rest = query;
    while (true) {
      JsonNode page = feed("?limit=" + limit + rest + after).expect(200).json();
      page.path("items").forEach(items::add);
      assertThat(page.path("items").size()).isLessThanOrEqualTo(limit);
      if (page.path("complete").asBoolean()) {
        return items;
      }
      rest = rest.replaceAll("&after=[^&]*", "");
      after = "&after=" + page.path("next").asText();
    }
  }

  private static String metric(String name) {
    String text =
        new ScimClient(server().url(), "").without("Authorization").get("/metrics").text();
    for (String line : text.split("\n", -1)) {
      if (line.startsWith(name)) {
        return line.substring(line.lastIndexOf(' ') + 1).replaceAll("\\.0$", "");
      }
    }
    return "none";
  }

  private static void waitUntil(BooleanSupplier condition) {
    long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(45);
    while (!condition.getAsBoolean()) {
      assertThat(System.nanoTime()).as("time is up").isLessThan(end);
      try {
        TimeUnit.MILLISECONDS.sleep(50);
      } catch (InterruptedException e) {
        throw new AssertionError(e);
      }
    }
  }
}
