package org.muster.it.launcher;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.muster.it.Instance;
import org.muster.it.Postgres;
import org.muster.it.ScimClient;
import org.muster.it.ScimResponse;

/** A server whose documents are what their events come to. */
@Tag("launcher")
class EventSourcedIT {
  private static final String DOCUMENTS = "/storage/v1/projections/documents";

  private static Instance eventSourced(String name) {
    return Instance.fresh(name).with("MUSTER_STORAGE_MODE", "event-sourced");
  }

  private static ScimClient root(Instance instance) {
    return new ScimClient(instance.url(), instance.token())
        .with("Content-Type", "application/json");
  }

  private static String user(String name) {
    return "{\"schemas\":[\"urn:ietf:params:scim:schemas:core:2.0:User\"],\"userName\":\""
        + name
        + "\",\"password\":\"correct horse battery\"}";
  }

  @Test
  void documentsAreMadeAnewWhileTheyServeOnH2() throws Exception {
    try (Instance instance = eventSourced("sourced-h2")) {
      instance.start();
      isMadeAnew(instance, instance);
      // the model that was made last is found again
      ScimResponse before = instance.client().get("/Users?filter=userName%20eq%20%22bob%22");
      instance.stop();
      instance.start();
      assertThat(instance.client().get("/Users?filter=userName%20eq%20%22bob%22").text())
          .isEqualTo(before.text());
      instance.stop();
      // that mode would look for the documents elsewhere
      Instance.Run refused = instance.with("MUSTER_STORAGE_MODE", "journaled").launcher("start");
      assertThat(refused.exit()).isNotZero();
    }
  }

  @Test
  void documentsAreMadeAnewForTwoNodesOnPostgresql() throws Exception {
    try (Postgres postgres = Postgres.start()) {
      Postgres.Database database = postgres.create("muster");
      try (Instance one = eventSourced("sourced-one").on(database);
          Instance two =
              eventSourced("sourced-two")
                  .on(database)
                  .with("MUSTER_STORAGE_SERVING", "memory")
                  .with("MUSTER_ADMIN_TOKEN", one.token())) {
        one.start();
        two.start();
        isMadeAnew(one, two);
        assertThat(verified(two, "serving").path("equal").asBoolean()).isTrue();
      }
    }
  }

  private static void isMadeAnew(Instance one, Instance two) throws Exception {
    ScimClient scim = one.client();
    String ann = scim.post("/Users", user("ann")).expect(201).id();
    String bob = scim.post("/Users", user("bob")).expect(201).id();
    scim.post("/Users", user("ann")).expect(409);
    String group =
        scim.post(
                "/Groups",
                "{\"schemas\":[\"urn:ietf:params:scim:schemas:core:2.0:Group\"],\"displayName\":\"g\","
                    + "\"members\":[{\"value\":\""
                    + ann
                    + "\"},{\"value\":\""
                    + bob
                    + "\"}]}")
            .expect(201)
            .id();
    scim.patchOperations(
            "/Users/" + bob, "{\"op\":\"replace\",\"path\":\"title\",\"value\":\"Engineer\"}")
        .expect(204);
    scim.delete("/Users/" + ann).expect(204);
    ScimResponse bobBefore = scim.get("/Users/" + bob).expect(200);
    ScimResponse groupBefore = scim.get("/Groups/" + group).expect(200);
    assertThat(verified(one, "documents").path("equal").asBoolean()).isTrue();
    for (int round = 0; round < 3; round++) {
      root(one).post(DOCUMENTS + "/.rebuild", "").expect(202);
      String during = scim.post("/Users", user("during" + round)).expect(201).id();
      JsonNode now = awaitRunning(one);
      assertThat(now.path("state").asText()).as(now.toString()).isEqualTo("running");
      for (Instance node : new Instance[] {one, two}) {
        assertThat(node.client().get("/Users/" + bob).expect(200).etag())
            .isEqualTo(bobBefore.etag());
        assertThat(node.client().get("/Groups/" + group).expect(200).etag())
            .isEqualTo(groupBefore.etag());
        node.client().get("/Users/" + ann).expect(404);
        node.client().post("/Users", user("bob")).expect(409);
      }
      ScimResponse listed =
          two.client().get("/Users?filter=title%20eq%20%22Engineer%22").expect(200);
      assertThat(listed.json().path("totalResults").asInt()).isEqualTo(1);
      two.client().delete("/Users/" + during).expect(204);
      two.client().get("/Users/" + during).expect(404);
    }
    JsonNode verified = verified(one, "documents");
    assertThat(verified.path("equal").asBoolean()).as(verified.toString()).isTrue();
    assertThat(verified.path("documents").asLong()).isEqualTo(2);
    assertThat(verified.path("links").asLong()).isEqualTo(1);
    root(one)
        .with("Content-Type", "application/merge-patch+json")
        .patch(DOCUMENTS, "{\"state\":\"paused\"}")
        .expect(409);
  }

  private static JsonNode verified(Instance instance, String name) {
    return root(instance)
        .post("/storage/v1/projections/" + name + "/.verify", "")
        .expect(200)
        .json();
  }

  private static JsonNode awaitRunning(Instance instance) throws InterruptedException {
    for (int i = 0; i < 600; i++) {
      JsonNode now = root(instance).get(DOCUMENTS).expect(200).json();
      if (now.path("phase").asText().equals("running")) {
        return now;
      }
      TimeUnit.MILLISECONDS.sleep(100);
    }
    return root(instance).get(DOCUMENTS).expect(200).json();
  }
}
