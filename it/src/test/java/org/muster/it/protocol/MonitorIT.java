package org.muster.it.protocol;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import org.junit.jupiter.api.Test;

/** The snapshot of the performance monitor, and what of it is in the server's metrics. */
class MonitorIT extends Protocol {
  private static final String PATH = "/storage/v1/metrics";

  private static Answer snapshot() {
    return sendTo(serverUrl() + PATH, "Bearer " + token(), "GET", "");
  }

  private static JsonNode provider(JsonNode snapshot, String kind, String name) {
    for (JsonNode each : snapshot.path("providers")) {
      if (each.path("kind").asText().equals(kind) && each.path("provider").asText().equals(name)) {
        return each;
      }
    }
    throw new AssertionError("no " + kind + " " + name + " in " + snapshot);
  }

  private static long count(JsonNode provider, String operation, String outcome) {
    for (JsonNode each : provider.path("operations")) {
      if (each.path("operation").asText().equals(operation)) {
        return each.path("outcomes").path(outcome).asLong();
      }
    }
    return 0;
  }

  private static long gets(JsonNode snapshot, String provider) {
    return count(provider(snapshot, "storage", provider), "get", "ok");
  }

  @Test
  void figuresAddUp() {
    String id = createUser(unique("monitor"));
    get("/Users/" + id);
    JsonNode snapshot = snapshot().json();
    addsUp(snapshot);
    for (JsonNode provider : snapshot.path("providers")) {
      addsUp(provider);
      long total = 0;
      long failed = 0;
      for (JsonNode operation : provider.path("operations")) {
        addsUp(operation);
        total += operation.path("total").asLong();
        failed += operation.path("failed").asLong();
      }
      assertThat(total).as(provider.toString()).isEqualTo(provider.path("total").asLong());
      assertThat(failed).isEqualTo(provider.path("failed").asLong());
    }
    JsonNode chain = provider(snapshot, "storage", "chain");
    assertThat(snapshot.path("total").asLong()).isEqualTo(chain.path("total").asLong());
    assertThat(snapshot.path("outcomes")).isEqualTo(chain.path("outcomes"));
  }

  private static void addsUp(JsonNode figures) {
    long total = figures.path("total").asLong();
    assertThat(total)
        .isPositive()
        .isEqualTo(figures.path("successful").asLong() + figures.path("failed").asLong());
    long outcomes = 0;
    for (JsonNode count : figures.path("outcomes")) {
      outcomes += count.asLong();
    }
    assertThat(outcomes).isEqualTo(total);
    JsonNode window = figures.path("window");
    assertThat(window.path("p50Millis").asDouble())
        .isLessThanOrEqualTo(window.path("p95Millis").asDouble());
    assertThat(window.path("p99Millis").asDouble())
        .isLessThanOrEqualTo(window.path("maxMillis").asDouble());
  }

  @Test
  void eachCallIsCountedWhereItPasses() {
    String name = unique("counted");
    String id = createUser(name);
    get("/Users/" + id);
    JsonNode before = snapshot().json();
    for (int i = 0; i < 10; i++) {
      // what is read for the first time is in no cache
      get("/Users/" + createUser(unique("counted")));
    }
    for (int i = 0; i < 10; i++) {
      get("/Users/" + id);
    }
    assertThat(post("/Users", user(name)).status()).isEqualTo(409);
    JsonNode after = snapshot().json();
    for (String provider : new String[] {"chain", "jpa"}) {
      JsonNode then = provider(before, "storage", provider);
      JsonNode now = provider(after, "storage", provider);
      assertThat(count(now, "get", "ok") - count(then, "get", "ok")).isGreaterThanOrEqualTo(10);
      assertThat(count(now, "apply", "not_unique") - count(then, "apply", "not_unique"))
          .isGreaterThanOrEqualTo(1);
      assertThat(now.path("window").path("maxMillis").asDouble()).isPositive();
    }
    assertThat(gets(after, "chain") - gets(before, "chain"))
        .as("reads that the cache has answered")
        .isGreaterThanOrEqualTo(gets(after, "jpa") - gets(before, "jpa") + 9);
    JsonNode cache = provider(after, "cache", "documents");
    assertThat(cache.path("hits").asLong())
        .isGreaterThanOrEqualTo(provider(before, "cache", "documents").path("hits").asLong() + 9);
    assertThat(after.path("cacheHitRatio").asDouble()).isBetween(0.001, 1.0);
    assertThat(count(provider(after, "events", "jpa"), "append", "ok")).isPositive();
  }

  @Test
  void poolIsShown() {
    createUser(unique("pool"));
    JsonNode pool = snapshot().json().path("pool");
    assertThat(pool.path("maximum").asInt()).isEqualTo(32);
    assertThat(pool.path("minimum").asInt()).isEqualTo(2);
    assertThat(pool.path("size").asInt())
        .isPositive()
        .isEqualTo(pool.path("active").asInt() + pool.path("idle").asInt());
    assertThat(pool.path("waiting").isInt()).isTrue();
  }

  @Test
  void onlyAdministratorsOfThePlatformSeeIt() {
    OwnTenant tenant = OwnTenant.create(server(), unique("m").substring(0, 30));
    assertThat(sendTo(serverUrl() + PATH, "", "GET", "").status()).isEqualTo(401);
    assertThat(sendTo(serverUrl() + PATH, "Bearer " + tenant.token(), "GET", "").status())
        .isEqualTo(403);
    assertThat(sendTo(serverUrl() + PATH, "Bearer " + token(), "DELETE", "").status())
        .isEqualTo(405);
    Answer answer = snapshot();
    assertThat(answer.header("Cache-Control")).isEqualTo("no-store");
    assertThat(answer.contentType()).startsWith("application/json");
    assertThat(answer.body()).doesNotContain(tenant.id());
  }
}
