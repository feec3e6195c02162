package org.muster.it.protocol;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

import java.util.List;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;
import org.muster.it.ScimClient;
import org.muster.it.ScimResponse;

/** The limits of a tenant: each holds for it, is told by discovery, and leaves others alone. */
class LimitsIT extends Protocol {

  @Test
  void pageSizeIsTheTenantsOwn() {
    OwnTenant acme = tenant("\"limits\":{\"maxPageSize\":2}");
    for (int i = 0; i < 3; i++) {
      acme.scim().post("/Users", user(unique("u"))).expect(201);
    }
    ScimResponse page = acme.scim().get("/Users?count=100").expect(200);
    assertThat(page.json().path("itemsPerPage").asInt()).isEqualTo(2);
    assertThat(page.json().path("totalResults").asInt()).isEqualTo(3);
    assertScimError(new Answer(acme.scim().get("/Users?count=3&cursor=")), 400, "invalidCount");
    ScimResponse config = acme.scim().get("/ServiceProviderConfig").expect(200);
    assertThat(config.json().at("/filter/maxResults").asInt()).isEqualTo(2);
    assertThat(config.json().at("/pagination/maxPageSize").asInt()).isEqualTo(2);
    assertThat(config.json().at("/pagination/defaultPageSize").asInt()).isEqualTo(2);
    OwnTenant other = tenant();
    assertThat(other.scim().get("/ServiceProviderConfig").json().at("/filter/maxResults").asInt())
        .isEqualTo(1_000);
  }

  @Test
  void changedLimitHoldsAtOnce() {
    OwnTenant acme = tenant();
    String etag = acme.scim().get("/ServiceProviderConfig").expect(200).etag();
    OwnTenant.root(server())
        .patch("/admin/v1/tenants/" + acme.id(), "{\"limits\":{\"maxPageSize\":7}}")
        .expect(200);
    ScimResponse config =
        acme.scim().with("If-None-Match", etag).get("/ServiceProviderConfig").expect(200);
    assertThat(config.json().at("/filter/maxResults").asInt()).isEqualTo(7);
  }

  @Test
  void bodyPatchAndFilterAreBounded() {
    OwnTenant acme =
        tenant(
            "\"limits\":{\"bodyBytes\":1024,\"patchOperations\":2,\"filterLength\":64,"
                + "\"filterClauses\":2,\"filterDepth\":1}");
    String large =
        user(unique("u"))
            .replace("\"userName\"", "\"title\":\"" + "x".repeat(1100) + "\",\"userName\"");
    assertScimError(new Answer(acme.scim().post("/Users", large)), 413, "");
    tenant().scim().post("/Users", large).expect(201);
    String id = acme.scim().post("/Users", user(unique("u"))).expect(201).id();
    String operation = "{\"op\":\"replace\",\"path\":\"title\",\"value\":\"x\"}";
    acme.scim().patchOperations("/Users/" + id, operation + "," + operation).expect(204);
    assertScimError(
        new Answer(
            acme.scim()
                .patchOperations("/Users/" + id, operation + "," + operation + "," + operation)),
        413,
        "");
    for (String filter :
        List.of(
            "title eq \"" + "x".repeat(64) + "\"",
            "title pr or title pr or title pr",
            "((title pr))")) {
      assertScimError(
          new Answer(acme.scim().get("/Users?filter=" + encode(filter))), 400, "invalidFilter");
    }
    acme.scim().get("/Users?filter=" + encode("(title pr)")).expect(200);
  }

  @Test
  void changeWithoutIfMatchIsRefusedWhereItIsRequired() {
    OwnTenant acme = tenant("\"ifMatchRequired\":true");
    ScimResponse made = acme.scim().post("/Users", user(unique("u"))).expect(201);
    String path = "/Users/" + made.id();
    String operation = "{\"op\":\"replace\",\"path\":\"title\",\"value\":\"x\"}";
    assertScimError(new Answer(acme.scim().put(path, user(unique("u")))), 428, "");
    assertScimError(new Answer(acme.scim().patchOperations(path, operation)), 428, "");
    Answer refused = new Answer(acme.scim().delete(path));
    assertScimError(refused, 428, "");
    assertThat(refused.text("/detail")).containsIgnoringCase("precondition required");
    assertThat(acme.scim().get(path).expect(200).etag()).isEqualTo(made.etag());
    acme.scim().with("If-Match", made.etag()).patchOperations(path, operation).expect(204);
    acme.scim().with("If-Match", "*").delete(path).expect(204);
  }

  @Test
  void rateIsLimitedForOneTenantOnly() {
    OwnTenant slow = tenant("\"limits\":{\"requestsPerSecond\":1,\"burst\":3}");
    OwnTenant other = tenant();
    Answer held = new Answer(slow.scim().get("/Users"));
    int passed = 0;
    while (held.status() == 200 && passed < 50) {
      passed++;
      held = new Answer(slow.scim().get("/Users"));
    }
    assertThat(passed).isBetween(3, 49);
    assertScimError(held, 429, "");
    assertThat(Integer.parseInt(held.header("Retry-After"))).isBetween(1, 2);
    ScimResponse elsewhere =
        heldBack(() -> slow.scim().get("/Users"), () -> slow.admin().get("/admin/v1/tokens"));
    TenantsIT.assertProblem(new Answer(elsewhere), 429);
    for (int i = 0; i < 20; i++) {
      other.scim().get("/Users").expect(200);
    }
    String metrics = server().client().at("").without("Authorization").get("/metrics").text();
    assertThat(metrics).contains("muster_held_back_total{").doesNotContain(slow.id());
  }

  @Test
  void whoGuessesHasToWaitAndNobodyElse() {
    OwnTenant acme = tenant();
    ScimClient guesser =
        acme.scim().as("mst_" + "a".repeat(43)).with("X-Forwarded-For", "203.0.113.77");
    int tries = 0;
    ScimResponse answer = guesser.get("/Users");
    while (answer.status() == 401 && tries < 1_500) {
      tries++;
      answer = guesser.get("/Users");
    }
    assertScimError(new Answer(answer), 429, "");
    assertThat(tries).isGreaterThanOrEqualTo(600);
    assertThat(answer.header("Retry-After")).isNotEmpty();
    // even with a good token, else guessing would go on at full speed
    heldBack(
        () -> guesser.get("/Users"),
        () -> acme.scim().with("X-Forwarded-For", "203.0.113.77").get("/Users"));
    acme.scim().with("X-Forwarded-For", "203.0.113.78").get("/Users").expect(200);
    acme.scim().get("/Users").expect(200);
    guesser.at("").without("Authorization").get("/health/live").expect(200);
  }

  /**
   * The refusal of an attempt by someone who has used up what they may. A part comes back with
   * time, perhaps between the two requests, so that it may take several.
   */
  private static ScimResponse heldBack(
      Supplier<ScimResponse> spend, Supplier<ScimResponse> attempt) {
    for (int i = 0; i < 20; i++) {
      for (int spent = 0; spend.get().status() != 429; spent++) {
        assertThat(spent).isLessThan(1_500);
      }
      ScimResponse answer = attempt.get();
      if (answer.status() == 429) {
        return answer;
      }
    }
    return fail("20 times, an attempt passed after a refused one");
  }

  private static OwnTenant tenant(String... more) {
    return OwnTenant.create(server(), unique("t").substring(0, 30), more);
  }
}
