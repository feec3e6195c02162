package org.muster.it.protocol;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.muster.it.ScimClient;
import org.muster.it.ScimResponse;

/** The projections of the events: seen, stopped and made anew by administrators of the platform. */
class ProjectionsIT extends Protocol {
  private static final String PROJECTIONS = "/storage/v1/projections";

  private ScimClient root() {
    return OwnTenant.root(server()).with("Content-Type", "application/merge-patch+json");
  }

  private List<String> names() {
    List<String> names = new ArrayList<>();
    root()
        .get(PROJECTIONS)
        .expect(200)
        .json()
        .path("items")
        .forEach(item -> names.add(item.path("name").asText()));
    return names;
  }

  private JsonNode until(String name, String state) throws InterruptedException {
    for (int i = 0; i < 300; i++) {
      JsonNode now = root().get(PROJECTIONS + "/" + name).expect(200).json();
      if (now.path("state").asText().equals(state) && now.path("behind").asLong() == 0) {
        return now;
      }
      TimeUnit.MILLISECONDS.sleep(100);
    }
    return root().get(PROJECTIONS + "/" + name).expect(200).json();
  }

  @Test
  void projectionsFollowTheEvents() throws Exception {
    assertThat(names()).isNotEmpty();
    for (String name : names()) {
      scim.post("/Users", user(unique("followed"))).expect(201);
      JsonNode now = until(name, "running");
      assertThat(now.path("state").asText()).as(now.toString()).isEqualTo("running");
      assertThat(now.path("behind").asLong()).isZero();
      assertThat(now.path("lagSeconds").asLong()).isZero();
      assertThat(now.path("updated").asText()).endsWith("Z");
    }
  }

  @Test
  void pausedProjectionGoesOnWhereItWasStopped() throws Exception {
    String name = names().get(0);
    root().patch(PROJECTIONS + "/" + name, "{\"state\":\"paused\"}").expect(200);
    try {
      scim.post("/Users", user(unique("waiting"))).expect(201);
      JsonNode paused = root().get(PROJECTIONS + "/" + name).expect(200).json();
      assertThat(paused.path("state").asText()).isEqualTo("paused");
      assertThat(paused.path("behind").asLong()).isPositive();
    } finally {
      root().patch(PROJECTIONS + "/" + name, "{\"state\":\"running\"}").expect(200);
    }
    assertThat(until(name, "running").path("behind").asLong()).isZero();
  }

  @Test
  void projectionIsMadeAnewOfAllEvents() throws Exception {
    for (String name : names()) {
      scim.post("/Users", user(unique("anew"))).expect(201);
      until(name, "running");
      ScimResponse begun = root().post(PROJECTIONS + "/" + name + "/.rebuild", "").expect(202);
      assertThat(begun.json().path("name").asText()).isEqualTo(name);
      JsonNode now = until(name, "running");
      assertThat(now.path("state").asText()).as(now.toString()).isEqualTo("running");
      assertThat(now.path("events").asLong()).isPositive();
    }
  }

  @Test
  void onlyAdministratorsOfThePlatformSeeProjections() {
    OwnTenant tenant = OwnTenant.create(server(), unique("p").substring(0, 30));
    String name = PROJECTIONS + "/" + names().get(0);
    for (ScimResponse refused :
        List.of(
            tenant.admin().get(PROJECTIONS),
            tenant.admin().get(name),
            tenant.admin().post(name + "/.rebuild", ""),
            tenant.admin().post(name + "/.verify", ""),
            tenant
                .admin()
                .with("Content-Type", "application/merge-patch+json")
                .patch(name, "{\"state\":\"paused\"}"))) {
      refused.expect(403);
      assertThat(refused.header("Content-Type")).startsWith("application/problem+json");
    }
  }

  @Test
  void nonsenseIsRefusedWithWords() {
    root().get(PROJECTIONS + "/no-such").expect(404);
    root().post(PROJECTIONS + "/no-such/.rebuild", "").expect(404);
    root().post(PROJECTIONS + "/no-such/.verify", "").expect(404);
    root().patch(PROJECTIONS + "/no-such", "{\"state\":\"paused\"}").expect(404);
    String name = PROJECTIONS + "/" + names().get(0);
    for (String body :
        List.of(
            "{}",
            "[]",
            "{\"state\":\"gone\"}",
            "{\"state\":null}",
            "{\"state\":[\"paused\"]}",
            "{\"state\":\"paused\",\"name\":\"x\"}",
            "{")) {
      root().patch(name, body).expect(400);
    }
    root().post(name + "/.verify", "").expect(409);
  }
}
