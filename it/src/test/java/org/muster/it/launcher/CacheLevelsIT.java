package org.muster.it.launcher;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.muster.it.Instance;
import org.muster.it.ScimClient;
import org.muster.it.ScimResponse;

/** Level 2 of the caches, in the server. */
@Tag("launcher")
class CacheLevelsIT {
  private static final String CACHE = "/storage/v1/caches/c";

  @Test
  void infinispanKeepsLevelTwoInTheServer() {
    try (Instance instance = Instance.fresh("infinispan").with("MUSTER_CACHE_LEVELS", "both")) {
      instance.start();
      keeps(instance);
      instance.stop();
    }
  }

  @Test
  void nodeOfAClusterReplicates() {
    int port = Instance.freePort();
    try (Instance instance =
        Instance.fresh("replicated")
            .with("MUSTER_CACHE_LEVELS", "both")
            .with("MUSTER_CLUSTER_NODE", "one")
            .with("MUSTER_CLUSTER_PORT", "" + port)
            .with("MUSTER_CLUSTER_MEMBERS", "127.0.0.1:" + port)) {
      instance.start();
      keeps(instance);
      instance.stop();
    }
  }

  @Test
  void redisKeepsLevelTwoAndIsNotMissedWhenItIsKilled() {
    try (RedisServer redis = RedisServer.start();
        Instance instance =
            Instance.fresh("redis")
                .with("MUSTER_CACHE_LEVELS", "both")
                .with("MUSTER_CACHE_SECOND", "redis")
                .with("MUSTER_REDIS_URL", redis.url())) {
      instance.start();
      keeps(instance);
      ScimClient scim = instance.client();
      String user =
          "{\"schemas\":[\"urn:ietf:params:scim:schemas:core:2.0:User\"],\"userName\":\"ann\"}";
      String id = scim.post("/Users", user).expect(201).id();
      scim.get("/Users/" + id).expect(200);
      assertThat(new ScimClient(instance.url(), instance.token()).get("/storage/v1/metrics").text())
          .contains("\"level\":\"redis\"");
      redis.kill();
      ScimResponse renamed =
          scim.put("/Users/" + id, user.replace("\"ann\"", "\"eve\"")).expect(200);
      assertThat(scim.get("/Users/" + id).expect(200).text()).contains("\"eve\"");
      assertThat(renamed.text()).contains("\"eve\"");
      assertThat(
              new ScimClient(instance.url(), instance.token())
                  .with("If-None-Match", "*")
                  .put(CACHE + "/entries/new", "value")
                  .status())
          .isEqualTo(503);
      instance.stop();
    }
  }

  @Test
  void whatContradictsItselfRefusesTheStart() throws IOException {
    Instance instance =
        Instance.fresh("contradiction")
            .with("MUSTER_CACHE_LEVELS", "both")
            .with("MUSTER_CACHE_SECOND", "redis");
    assertThat(instance.launcher("start").exit()).isEqualTo(1);
    StringBuilder log = new StringBuilder();
    for (Path file : instance.files("server/logs")) {
      log.append(Files.readString(file));
    }
    assertThat(log)
        .contains("Muster can't start: muster.cache.second=redis takes muster.redis.url");
  }

  private static void keeps(Instance instance) {
    ScimClient client = new ScimClient(instance.url(), instance.token());
    client.put(CACHE + "/entries/a", "value").expect(204);
    for (int i = 0; i < 2; i++) {
      assertThat(client.get(CACHE + "/entries/a").expect(200).text()).isEqualTo("value");
    }
    client.get(CACHE + "/entries/b").expect(404);
    JsonNode stats = client.get(CACHE).expect(200).json();
    assertThat(stats.at("/levels/0/hits").asLong()).isEqualTo(1);
    assertThat(stats.at("/levels/1/hits").asLong()).isEqualTo(1);
    assertThat(stats.at("/levels/1/puts").asLong()).isEqualTo(1);
    assertThat(stats.at("/levels/1/entries").asLong()).isEqualTo(1);
    assertThat(stats.path("hits").asLong()).isEqualTo(2);
    assertThat(client.get(CACHE + "/entries").json().at("/items/0/key").asText()).isEqualTo("a");
    client.delete(CACHE + "/entries").expect(204);
    client.get(CACHE + "/entries/a").expect(404);
    client.put("/storage/v1/caches/c/entries/a", "again").expect(204);
    assertThat(client.get(CACHE + "/entries/a").expect(200).text()).isEqualTo("again");
  }
}
