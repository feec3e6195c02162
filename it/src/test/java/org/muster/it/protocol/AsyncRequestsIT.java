package org.muster.it.protocol;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.nimbusds.jose.JWSObject;
import java.text.ParseException;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.muster.it.ScimClient;
import org.muster.it.ScimResponse;

/** RFC 9967 section 2.5.1.1: requests on one resource that are answered before they are done. */
@Timeout(120)
class AsyncRequestsIT extends Protocol {
  private static final String RESPONSE = "urn:ietf:params:scim:event:misc:asyncresp";

  private final OwnTenant tenant = OwnTenant.create(server(), unique("q").substring(0, 30));
  private final String stream =
      tenant
          .admin()
          .post("/admin/v1/tenants/" + tenant.id() + "/receivers", "{\"kind\":\"set-poll\"}")
          .expect(201)
          .id();

  private ScimClient asynchronous() {
    return tenant.scim().with("Prefer", "respond-async").with("Accept", "text/html");
  }

  private ScimResponse accepted(ScimResponse answer) {
    answer.expect(202);
    assertThat(answer.text()).isEmpty();
    assertThat(answer.header("Preference-Applied")).isEqualTo("respond-async");
    assertThat(answer.header("Set-Txn")).matches("[0-9a-f]{32}");
    return answer;
  }

  /** What is told when a request is done. */
  private JsonNode told(ScimResponse answer) throws InterruptedException {
    for (int i = 0; i < 150; i++) {
      for (JsonNode token :
          tenant
              .admin()
              .post("/events/v1/streams/" + stream + "/poll", "{\"returnImmediately\":true}")
              .expect(200)
              .json()
              .path("sets")) {
        JsonNode claims = claims(token.asText());
        if (claims.path("txn").asText().equals(answer.header("Set-Txn"))) {
          return claims;
        }
      }
      Thread.sleep(100);
    }
    throw new AssertionError("Nothing is told");
  }

  private static JsonNode claims(String token) {
    try {
      return new ObjectMapper().readTree(JWSObject.parse(token).getPayload().toString());
    } catch (ParseException | JsonProcessingException e) {
      throw new AssertionError(e);
    }
  }

  private String location(String id) {
    return serverUrl() + "/scim/v2/Users/" + id;
  }

  @Test
  void creationIsToldWhenItIsDone() throws InterruptedException {
    ScimResponse answer = accepted(asynchronous().post("/Users", user("ann")));
    JsonNode claims = told(answer);
    JsonNode payload = claims.path("events").path(RESPONSE);
    assertThat(payload.path("method").asText()).isEqualTo("POST");
    assertThat(payload.path("status").asText()).isEqualTo("201");
    assertThat(payload.has("bulkId")).isFalse();
    String uri = claims.at("/sub_id/uri").asText();
    assertThat(tenant.scim().get(uri).expect(200).json().path("userName").asText())
        .isEqualTo("ann");
    ScimClient root = new ScimClient(server().url(), tenant.token());
    String status = answer.header("Location");
    assertThat(status).endsWith("/.async/" + answer.header("Set-Txn"));
    JsonNode result = root.get(status.substring(serverUrl().length())).expect(200).json();
    assertThat(result.at("/Operations/0/status").asText()).isEqualTo("201");
  }

  @Test
  void changesAreToldWithTheVersionThatTheyMade() throws InterruptedException {
    ScimResponse made = tenant.scim().post("/Users", user("ann")).expect(201);
    String id = made.id();
    ScimResponse patched =
        accepted(
            asynchronous()
                .with("If-Match", made.etag())
                .patchOperations(
                    "/Users/" + id, "{\"op\":\"replace\",\"path\":\"title\",\"value\":\"x\"}"));
    assertThat(patched.header("Location")).isEqualTo(location(id));
    JsonNode claims = told(patched);
    JsonNode payload = claims.path("events").path(RESPONSE);
    assertThat(claims.at("/sub_id/uri").asText()).isEqualTo("/Users/" + id);
    assertThat(payload.path("status").asText()).isEqualTo("200");
    ScimResponse now = tenant.scim().get("/Users/" + id).expect(200);
    assertThat(payload.path("version").asText()).isEqualTo(now.etag());
    assertThat(now.json().path("title").asText()).isEqualTo("x");
    ScimResponse replaced = accepted(asynchronous().put("/Users/" + id, user("ann")));
    assertThat(told(replaced).path("events").path(RESPONSE).path("method").asText())
        .isEqualTo("PUT");
    ScimResponse deleted = accepted(asynchronous().delete("/Users/" + id));
    assertThat(told(deleted).path("events").path(RESPONSE).path("status").asText())
        .isEqualTo("204");
    tenant.scim().get("/Users/" + id).expect(404);
  }

  @Test
  void whatFailsIsToldWithTheError() throws InterruptedException {
    ScimResponse made = tenant.scim().post("/Users", user("ann")).expect(201);
    JsonNode taken =
        told(accepted(asynchronous().post("/Users", user("ann")))).path("events").path(RESPONSE);
    assertThat(taken.path("status").asText()).isEqualTo("409");
    assertThat(taken.at("/response/scimType").asText()).isEqualTo("uniqueness");
    JsonNode stale =
        told(accepted(
                asynchronous().with("If-Match", "W/\"1\"").put("/Users/" + made.id(), user("ann"))))
            .path("events")
            .path(RESPONSE);
    assertThat(stale.path("status").asText()).isEqualTo("412");
    JsonNode absent =
        told(accepted(asynchronous().delete("/Users/no%2Fbody%25"))).path("events").path(RESPONSE);
    assertThat(absent.path("status").asText()).isEqualTo("404");
  }

  @Test
  void whatIsNoRequestIsRefusedAtOnce() {
    asynchronous().post("/Users", "{").expect(400);
    asynchronous().with("Content-Type", "text/plain").post("/Users", "{}").expect(415);
    asynchronous().post("/Nothing", "{}").expect(404);
    asynchronous().with("If-Match", "nonsense").delete("/Users/x").expect(400);
    String reader =
        OwnTenant.issue(server(), tenant.id(), List.of("scim.read")).json().path("token").asText();
    asynchronous().as(reader).post("/Users", user("ann")).expect(403);
  }

  @Test
  void whoWaitsASecondGetsTheUsualAnswer() {
    ScimResponse made =
        tenant
            .scim()
            .with("Prefer", "respond-async, wait=5")
            .post("/Users", user("ann"))
            .expect(201);
    assertThat(made.json().path("userName").asText()).isEqualTo("ann");
    assertThat(made.header("Set-Txn")).isEmpty();
    assertThat(tenant.scim().with("Prefer", "respond-async").get("/Users").status()).isEqualTo(200);
  }

  @Test
  void resultsAreNoPartOfThePastOrOfAReport() throws InterruptedException {
    told(accepted(asynchronous().post("/Users", user("ann"))));
    String now = Instant.now().toString();
    assertThat(
            tenant.scim().get("/Users?at=" + now).expect(200).json().path("totalResults").asInt())
        .isEqualTo(1);
    assertThat(tenant.admin().get("/storage/v1/events").expect(200).json().path("items"))
        .extracting(event -> event.path("collection").asText())
        .containsExactly("User");
    assertThat(
            tenant
                .admin()
                .get("/storage/v1/events?type=async-responded")
                .expect(200)
                .json()
                .path("items"))
        .hasSize(1);
  }
}
