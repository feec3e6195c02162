package org.muster.it.launcher;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.UUID;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.muster.it.Instance;
import org.muster.it.ScimClient;
import org.muster.it.ScimResponse;

/**
 * Two nodes on one database with caches between them, and what they show of each other's writes.
 */
@Tag("launcher")
class NodesIT {
  private static final int ROUNDS = 20;
  private static final int WRITERS = 32;
  private static final int WRITES = 15;
  private static final int USERS = 100;

  /** Of these, those that all write to at once. */
  private static final int HOT = 5;

  /** Until a lost link is noticed, and what the directory keeps nevertheless. */
  private static final Duration BOUND = Duration.ofSeconds(3 + 5 + 2);

  private static NodesUnderTest nodes;
  private static Instance one;
  private static Instance two;

  @BeforeAll
  static void start() {
    nodes = new NodesUnderTest(2);
    one = nodes.node(0);
    two = nodes.node(1);
    one.start();
    two.start();
  }

  @AfterAll
  static void end() {
    nodes.close();
  }

  @BeforeEach
  void together() throws InterruptedException {
    nodes.heal();
    one.start();
    two.start();
    awaitTogether(one, two);
  }

  /** Waits until each node is told of what the other does. */
  static void awaitTogether(Instance left, Instance right) throws InterruptedException {
    int good = 0;
    for (int i = 0; i < 300 && good < 6; i++) {
      Instance writer = i % 2 == 0 ? left : right;
      Instance reader = i % 2 == 0 ? right : left;
      good = revocationIsHeard(writer, reader) ? good + 1 : 0;
      if (good == 0) {
        Thread.sleep(300);
      }
    }
    assertThat(good).as("nodes hear each other").isEqualTo(6);
  }

  private static boolean revocationIsHeard(Instance writer, Instance reader) {
    JsonNode token = token(writer);
    ScimClient bearer = reader.client().as(token.path("token").asText());
    assertThat(bearer.get("/Users?count=0").status()).isEqualTo(200);
    assertThat(bearer.get("/Users?count=0").status()).isEqualTo(200);
    revoke(writer, token);
    return bearer.get("/Users?count=0").status() == 401;
  }

  private static JsonNode token(Instance node) {
    return admin(node)
        .post("/admin/v1/tokens", "{\"tenant\":\"default\",\"scopes\":[\"scim.read\"]}")
        .expect(201)
        .json();
  }

  private static void revoke(Instance node, JsonNode token) {
    admin(node).delete("/admin/v1/tokens/" + token.path("id").asText()).expect(204);
  }

  private static ScimClient admin(Instance node) {
    return new ScimClient(node.url(), node.token()).with("Content-Type", "application/json");
  }

  private static String user(String name, String title) {
    return "{\"schemas\":[\"urn:ietf:params:scim:schemas:core:2.0:User\"],\"userName\":\""
        + name
        + "\",\"title\":\""
        + title
        + "\"}";
  }

  private static String name() {
    return "u-" + UUID.randomUUID();
  }

  @Test
  void eachNodeKnowsOfTheOther() {
    for (Instance node : List.of(one, two)) {
      JsonNode checks =
          new ScimClient(node.url(), node.token()).get("/health/ready").json().path("checks");
      assertThat(checks.findValuesAsText("nodes")).containsExactly("2");
    }
  }

  @Test
  void revokedTokenIsRefusedByTheOtherNodeAtOnce() {
    for (int i = 0; i < ROUNDS; i++) {
      assertThat(revocationIsHeard(one, two)).isTrue();
      assertThat(revocationIsHeard(two, one)).isTrue();
    }
  }

  @Test
  void suspendedTenantIsRefusedByTheOtherNodeAtOnceAndServedAgain() {
    String tenant = "t" + UUID.randomUUID().toString().substring(0, 8);
    admin(one).post("/admin/v1/tenants", "{\"id\":\"" + tenant + "\"}").expect(201);
    String secret =
        admin(two)
            .post("/admin/v1/tokens", "{\"tenant\":\"" + tenant + "\",\"scopes\":[\"scim.read\"]}")
            .expect(201)
            .json()
            .path("token")
            .asText();
    String path = "/t/" + tenant + "/scim/v2/Users?count=0";
    for (int i = 0; i < ROUNDS; i++) {
      boolean suspended = i % 2 == 0;
      Instance writer = i % 4 < 2 ? one : two;
      Instance reader = i % 4 < 2 ? two : one;
      admin(writer)
          .with("Content-Type", "application/merge-patch+json")
          .patch(
              "/admin/v1/tenants/" + tenant,
              "{\"state\":\"" + (suspended ? "SUSPENDED" : "ACTIVE") + "\"}")
          .expect(200);
      ScimClient bearer = new ScimClient(reader.url(), secret);
      assertThat(bearer.get(path).status()).isEqualTo(suspended ? 403 : 200);
    }
  }

  @Test
  void typeThatIsRegisteredOnOneNodeIsServedByTheOtherAtOnce() {
    for (int i = 0; i < 4; i++) {
      String name = "Thing" + UUID.randomUUID().toString().substring(0, 8);
      Instance writer = i % 2 == 0 ? one : two;
      Instance reader = i % 2 == 0 ? two : one;
      assertThat(reader.client().get("/" + name + "s").status()).isEqualTo(404);
      admin(writer)
          .post(
              "/admin/v1/tenants/default/schemas",
              "{\"id\":\"urn:x:"
                  + name
                  + "\",\"name\":\""
                  + name
                  + "\",\"attributes\":[{\"name\":\"size\",\"type\":\"integer\"}]}")
          .expect(201);
      admin(writer)
          .post(
              "/admin/v1/tenants/default/resource-types",
              "{\"name\":\""
                  + name
                  + "\",\"endpoint\":\"/"
                  + name
                  + "s\",\"schema\":\"urn:x:"
                  + name
                  + "\"}")
          .expect(201);
      assertThat(reader.client().get("/" + name + "s").status()).isEqualTo(200);
    }
  }

  @Test
  void writeIsSeenByTheOtherNodeWhenItWasAcknowledged() {
    String name = name();
    String id = one.client().post("/Users", user(name, "0")).expect(201).id();
    String group =
        two.client()
            .post(
                "/Groups",
                "{\"schemas\":[\"urn:ietf:params:scim:schemas:core:2.0:Group\"],"
                    + "\"displayName\":\"g\"}")
            .expect(201)
            .id();
    for (int i = 1; i <= ROUNDS; i++) {
      Instance writer = i % 2 == 0 ? one : two;
      Instance reader = i % 2 == 0 ? two : one;
      assertThat(reader.client().get("/Users/" + id).expect(200).json().path("title").asText())
          .isEqualTo("" + (i - 1));
      ScimResponse written = writer.client().put("/Users/" + id, user(name, "" + i)).expect(200);
      ScimResponse read = reader.client().get("/Users/" + id).expect(200);
      assertThat(read.json().path("title").asText()).isEqualTo("" + i);
      assertThat(read.header("ETag")).isEqualTo(written.header("ETag"));
      boolean joins = i % 2 == 1;
      writer
          .client()
          .patchOperations(
              "/Groups/" + group,
              joins
                  ? "{\"op\":\"add\",\"path\":\"members\",\"value\":[{\"value\":\"" + id + "\"}]}"
                  : "{\"op\":\"remove\",\"path\":\"members\"}");
      assertThat(reader.client().get("/Users/" + id).json().path("groups")).hasSize(joins ? 1 : 0);
      assertThat(reader.client().get("/Groups/" + group).json().path("members"))
          .hasSize(joins ? 1 : 0);
    }
    one.client().delete("/Users/" + id).expect(204);
    two.client().get("/Users/" + id).expect(404);
  }

  @Test
  void killedNodeIsMissedByNobodyAndComesBack() throws Exception {
    String name = name();
    String id = one.client().post("/Users", user(name, "before")).expect(201).id();
    two.client().get("/Users/" + id).expect(200);
    JsonNode token = token(one);
    ScimClient bearer = one.client().as(token.path("token").asText());
    bearer.get("/Users/" + id).expect(200);
    two.kill();
    one.client().put("/Users/" + id, user(name, "after")).expect(200);
    for (int i = 0; i < ROUNDS; i++) {
      assertThat(one.client().get("/Users/" + id).expect(200).json().path("title").asText())
          .isEqualTo("after");
    }
    revoke(one, token);
    assertThat(bearer.get("/Users/" + id).status()).isEqualTo(401);
    two.start();
    assertThat(two.client().get("/Users/" + id).expect(200).json().path("title").asText())
        .isEqualTo("after");
    awaitTogether(one, two);
  }

  @Test
  void cutNodesServeWhatIsOldNoLongerThanTheBoundAndHeal() throws Exception {
    String name = name();
    String id = one.client().post("/Users", user(name, "0")).expect(201).id();
    two.client().get("/Users/" + id).expect(200);
    JsonNode token = token(one);
    ScimClient bearer = two.client().as(token.path("token").asText());
    bearer.get("/Users/" + id).expect(200);
    nodes.cut();
    revoke(one, token);
    long refusedAt = System.nanoTime();
    Duration worst = Duration.ZERO;
    for (int i = 1; i <= ROUNDS; i++) {
      one.client().put("/Users/" + id, user(name, "" + i)).expect(200);
      long written = System.nanoTime();
      String wanted = "" + i;
      while (!two.client()
          .get("/Users/" + id)
          .expect(200)
          .json()
          .path("title")
          .asText()
          .equals(wanted)) {
        assertThat(Duration.ofNanos(System.nanoTime() - written)).isLessThan(BOUND);
        Thread.sleep(20);
      }
      Duration old = Duration.ofNanos(System.nanoTime() - written);
      worst = old.compareTo(worst) > 0 ? old : worst;
    }
    while (bearer.get("/Users/" + id).status() == 200) {
      assertThat(Duration.ofNanos(System.nanoTime() - refusedAt)).isLessThan(BOUND);
      Thread.sleep(20);
    }
    Duration token200 = Duration.ofNanos(System.nanoTime() - refusedAt);
    System.out.printf(
        "cut: a document was old for up to %d ms, a token for %d ms%n",
        worst.toMillis(), token200.toMillis());
    nodes.heal();
    awaitTogether(one, two);
    one.client().put("/Users/" + id, user(name, "healed")).expect(200);
    assertThat(two.client().get("/Users/" + id).expect(200).json().path("title").asText())
        .isEqualTo("healed");
  }

  @Test
  void ofWritersOnBothNodesNoneLosesAnUpdateAndCachesAgreeWithTheDatabase() throws Exception {
    List<String> names = new ArrayList<>();
    List<String> ids = new ArrayList<>();
    for (int i = 0; i < USERS; i++) {
      names.add(name());
      ids.add(one.client().post("/Users", user(names.get(i), "0")).expect(201).id());
    }
    ExecutorService pool = Executors.newFixedThreadPool(WRITERS);
    int[] counts = new int[USERS];
    try {
      List<Future<int[]>> writers = new ArrayList<>();
      for (int w = 0; w < WRITERS; w++) {
        int seed = w;
        writers.add(pool.submit(() -> increments(new Random(seed), names, ids)));
      }
      for (Future<int[]> writer : writers) {
        int[] done = writer.get(240, TimeUnit.SECONDS);
        for (int i = 0; i < USERS; i++) {
          counts[i] += done[i];
        }
      }
    } finally {
      pool.shutdownNow();
    }
    for (int i = 0; i < USERS; i++) {
      JsonNode stored =
          one.client()
              .get("/Users?filter=userName%20eq%20%22" + names.get(i) + "%22")
              .expect(200)
              .json()
              .at("/Resources/0");
      assertThat(stored.path("title").asInt()).isEqualTo(counts[i]);
      for (Instance node : List.of(one, two)) {
        JsonNode cached = node.client().get("/Users/" + ids.get(i)).expect(200).json();
        assertThat(cached.path("title")).isEqualTo(stored.path("title"));
        assertThat(cached.at("/meta/version")).isEqualTo(stored.at("/meta/version"));
      }
    }
  }

  /** Adds 1 to titles, here and there; how often, by user. */
  private static int[] increments(Random random, List<String> names, List<String> ids) {
    int[] done = new int[USERS];
    for (int i = 0; i < WRITES; i++) {
      int which = random.nextInt(random.nextInt(4) == 0 ? USERS : HOT);
      while (!isIncremented(random, names.get(which), ids.get(which))) {
        Thread.onSpinWait();
      }
      done[which]++;
    }
    return done;
  }

  /** Reads on one node and writes on any, on condition that nobody was faster. */
  private static boolean isIncremented(Random random, String name, String id) {
    ScimClient reader = (random.nextBoolean() ? one : two).client();
    ScimClient writer = (random.nextBoolean() ? one : two).client();
    ScimResponse read = reader.get("/Users/" + id).expect(200);
    int next = read.json().path("title").asInt() + 1;
    int status =
        writer
            .with("If-Match", read.header("ETag"))
            .put("/Users/" + id, user(name, "" + next))
            .status();
    assertThat(status).isIn(200, 412, 503);
    return status == 200;
  }
}
