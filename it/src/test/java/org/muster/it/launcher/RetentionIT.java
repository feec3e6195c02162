package org.muster.it.launcher;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.muster.it.Instance;
import org.muster.it.Postgres;
import org.muster.it.ScimClient;

/** What was deleted is purged when its time is over, by one of the nodes of a database. */
@Tag("launcher")
class RetentionIT {
  private static final Duration PATIENCE = Duration.ofSeconds(60);
  private static final int USERS = 5;

  @Test
  void deletedUsersArePurgedOnH2() throws Exception {
    try (Instance instance = purging("retention-h2")) {
      instance.start();
      deleteUsers(instance);
      await(() -> purged(instance) >= USERS);
      assertThat(tombstones(instance)).isEmpty();
      assertThat(metrics(instance)).contains("muster_retention_oldest_seconds");
    }
  }

  @Test
  void deletedUsersArePurgedOnceByTwoNodesOnPostgresql() throws Exception {
    try (Postgres postgres = Postgres.start()) {
      Postgres.Database database = postgres.create("muster");
      try (Instance one = purging("retention-one").on(database);
          Instance two =
              purging("retention-two").on(database).with("MUSTER_ADMIN_TOKEN", one.token())) {
        one.start();
        two.start();
        deleteUsers(one);
        deleteUsers(two);
        await(() -> purged(one) + purged(two) >= 2 * USERS && tombstones(one).isEmpty());
        assertThat(purged(one) + purged(two)).isEqualTo(2 * USERS);
      }
    }
  }

  private static Instance purging(String name) {
    return Instance.fresh(name)
        .with("MUSTER_RETENTION_DAYS", "0")
        .with("MUSTER_RETENTION_INTERVAL_SECONDS", "1");
  }

  private static void deleteUsers(Instance instance) {
    ScimClient scim = instance.client();
    for (int i = 0; i < USERS; i++) {
      String body =
          "{\"schemas\":[\"urn:ietf:params:scim:schemas:core:2.0:User\"],\"userName\":\"u"
              + System.nanoTime()
              + "\"}";
      String id = scim.post("/Users", body).expect(201).json().path("id").asText();
      scim.delete("/Users/" + id).expect(204);
    }
  }

  private static JsonNode tombstones(Instance instance) {
    return root(instance)
        .get("/admin/v1/tenants/default/tombstones?type=User")
        .expect(200)
        .json()
        .path("items");
  }

  private static long purged(Instance instance) {
    return metrics(instance)
        .lines()
        .filter(line -> line.startsWith("muster_retention_purged_total"))
        .mapToLong(line -> (long) Double.parseDouble(line.substring(line.lastIndexOf(' ') + 1)))
        .sum();
  }

  private static String metrics(Instance instance) {
    return root(instance).get("/metrics").expect(200).text();
  }

  private static ScimClient root(Instance instance) {
    return new ScimClient(URI.create(instance.url().toString()), instance.token());
  }

  private static void await(BooleanSupplier condition) throws InterruptedException {
    Instant deadline = Instant.now().plus(PATIENCE);
    while (!condition.getAsBoolean()) {
      assertThat(Instant.now()).as("not within %s", PATIENCE).isBefore(deadline);
      Thread.sleep(250);
    }
  }
}
