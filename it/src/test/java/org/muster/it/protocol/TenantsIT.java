package org.muster.it.protocol;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.muster.it.ScimClient;
import org.muster.it.ScimResponse;

/** The life of a tenant, and who may do what with it. */
class TenantsIT extends Protocol {
  private static final String TENANTS = "/admin/v1/tenants";
  private final ScimClient root = OwnTenant.root(server());

  @Test
  void tenantIsCreatedShownChangedAndDeleted() throws Exception {
    String id = name();
    ScimResponse made =
        root.post(TENANTS, "{\"id\":\"" + id + "\",\"displayName\":\"Acme\"}").expect(201);
    assertThat(made.header("Location")).endsWith(TENANTS + "/" + id);
    assertThat(made.json().path("state").asText()).isEqualTo("ACTIVE");
    String url = TENANTS + "/" + id;
    ScimResponse shown = root.get(url).expect(200);
    assertThat(shown.etag()).isEqualTo(made.etag());
    root.with("If-None-Match", shown.etag()).get(url).expect(304);
    ScimResponse changed =
        merge(
                root.with("If-Match", shown.etag()),
                url,
                "{\"displayName\":null,\"limits\":{\"scan\":9}}")
            .expect(200);
    assertThat(changed.json().has("displayName")).isFalse();
    assertThat(changed.json().at("/effectiveLimits/scan").asInt()).isEqualTo(9);
    merge(root.with("If-Match", shown.etag()), url, "{\"profile\":\"standard\"}").expect(412);
    root.delete(url).expect(400);
    assertThat(root.delete(url + "?confirm=" + id).expect(202).json().path("state").asText())
        .isEqualTo("DELETING");
    awaitGone(id);
  }

  @Test
  void everyTenantIsOnOnePageOfAWalk() {
    List<String> made = new ArrayList<>();
    for (int i = 0; i < 3; i++) {
      made.add(OwnTenant.create(server(), name()).id());
    }
    List<String> walked = new ArrayList<>();
    String cursor = "";
    do {
      JsonNode page = root.get(TENANTS + "?limit=2" + cursor).expect(200).json();
      page.path("items").forEach(item -> walked.add(item.path("id").asText()));
      cursor = page.has("nextCursor") ? "&cursor=" + page.path("nextCursor").asText() : "";
    } while (!cursor.isEmpty());
    assertThat(walked).contains("default").containsAll(made).doesNotHaveDuplicates();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{}",
        "{\"id\":\"Acme\"}",
        "{\"id\":\"a_b\"}",
        "{\"id\":\"../../x\"}",
        "{\"id\":\"\\u202eacme\"}",
        "{\"id\":\"a\\u0000\"}",
        "{\"id\":\"x-\"}",
        "{\"id\":\"'; drop table tenant; --\"}",
        "{\"id\":[\"a\"]}",
        "{\"id\":\"ok-but\",\"profile\":\"nonsense\"}",
        "{\"id\":\"ok-but\",\"limits\":{\"maxPageSize\":1001}}",
        "{\"id\":\"ok-but\",\"unknown\":true}",
        "[]",
        "nonsense"
      })
  void oddTenantIsRefused(String body) {
    Answer refused = new Answer(root.post(TENANTS, body));
    assertProblem(refused, 400);
    root.get(TENANTS + "/ok-but").expect(404);
  }

  @Test
  void idIsTakenOnceAndDefaultStays() {
    String id = OwnTenant.create(server(), name()).id();
    assertProblem(new Answer(root.post(TENANTS, "{\"id\":\"" + id + "\"}")), 409);
    assertProblem(new Answer(root.delete(TENANTS + "/default?confirm=default")), 409);
    assertProblem(new Answer(merge(root, TENANTS + "/default", "{\"state\":\"SUSPENDED\"}")), 409);
    root.get(TENANTS + "/default").expect(200);
  }

  @Test
  void creationTakesAMoment() {
    List<Duration> times = new ArrayList<>();
    for (int i = 0; i < 30; i++) {
      Instant start = Instant.now();
      root.post(TENANTS, "{\"id\":\"" + name() + "\"}").expect(201);
      times.add(Duration.between(start, Instant.now()));
    }
    times.sort(null);
    System.out.println("Creating a tenant: median " + times.get(15).toMillis() + " ms");
    assertThat(times.get(15)).isLessThan(Duration.ofMillis(100));
  }

  @Test
  void suspendedTenantIsToldSoAndNobodyElse() {
    OwnTenant acme = OwnTenant.create(server(), name());
    OwnTenant other = OwnTenant.create(server(), name());
    acme.scim().get("/Users").expect(200);
    merge(root, TENANTS + "/" + acme.id(), "{\"state\":\"SUSPENDED\"}").expect(200);
    Answer refused = new Answer(acme.scim().get("/Users"));
    assertScimError(refused, 403, "");
    assertThat(refused.text("/detail")).contains("suspended");
    assertProblem(new Answer(acme.admin().get("/admin/v1/tokens")), 403);
    assertScimError(new Answer(new ScimClient(acme.path(), other.token()).get("/Users")), 404, "");
    other.scim().get("/Users").expect(200);
    root.get(TENANTS + "/" + acme.id()).expect(200);
    merge(root, TENANTS + "/" + acme.id(), "{\"state\":\"ACTIVE\"}").expect(200);
    acme.scim().get("/Users").expect(200);
  }

  @Test
  void deletedTenantLeavesNothingToTheNextOfItsId() throws Exception {
    OwnTenant acme = OwnTenant.create(server(), name());
    String userName = unique("ann");
    String user = acme.scim().post("/Users", user(userName)).expect(201).id();
    acme.scim()
        .post(
            "/Groups",
            """
            {"schemas":["%s"],"displayName":"g","members":[{"value":"%s"}]}
            """
                .formatted(GROUP, user))
        .expect(201);
    root.delete(TENANTS + "/" + acme.id() + "?confirm=" + acme.id()).expect(202);
    Answer refused = new Answer(acme.scim().get("/Users"));
    assertScimError(refused, 401, "");
    assertThat(refused.header("WWW-Authenticate")).contains("invalid_token");
    assertProblem(new Answer(root.post(TENANTS, "{\"id\":\"" + acme.id() + "\"}")), 409);
    root.post("/admin/v1/tokens", "{\"tenant\":\"" + acme.id() + "\",\"scopes\":[\"scim.read\"]}")
        .expect(400);
    awaitGone(acme.id());
    OwnTenant next = OwnTenant.create(server(), acme.id());
    new Answer(acme.scim().get("/Users")).response().expect(401);
    assertThat(next.scim().get("/Users").expect(200).json().path("totalResults").asInt()).isZero();
    next.scim().get("/Users/" + user).expect(404);
    next.scim().post("/Users", user(userName)).expect(201);
    assertThat(next.admin().get("/admin/v1/tokens").expect(200).text())
        .doesNotContain(acme.tokenId());
  }

  @Test
  void administratorOfThePlatformReadsNoResources() {
    String pure =
        OwnTenant.issue(server(), "default", List.of("platform.admin"))
            .json()
            .path("token")
            .asText();
    OwnTenant acme = OwnTenant.create(server(), name());
    root.as(pure).get(TENANTS + "/" + acme.id()).expect(200);
    assertScimError(new Answer(scim.as(pure).get("/Users")), 403, "");
    assertScimError(new Answer(scim.as(pure).post("/Users", user(unique("x")))), 403, "");
    assertScimError(new Answer(new ScimClient(acme.path(), pure).get("/Users")), 404, "");
    assertScimError(
        new Answer(new ScimClient(acme.path(), server().token()).get("/Users")), 404, "");
  }

  @Test
  void administratorOfATenantSeesItsOwnAndRaisesNothing() {
    OwnTenant acme = OwnTenant.create(server(), name(), "\"limits\":{\"maxPageSize\":5}");
    String url = TENANTS + "/" + acme.id();
    acme.admin().get(url).expect(200);
    assertProblem(new Answer(merge(acme.admin(), url, "{\"limits\":{\"maxPageSize\":6}}")), 403);
    assertProblem(new Answer(merge(acme.admin(), url, "{\"limits\":null}")), 403);
    assertProblem(new Answer(merge(acme.admin(), url, "{\"state\":\"SUSPENDED\"}")), 403);
    assertProblem(new Answer(acme.admin().delete(url + "?confirm=" + acme.id())), 403);
    assertProblem(new Answer(acme.admin().post(TENANTS, "{\"id\":\"" + name() + "\"}")), 403);
    merge(acme.admin(), url, "{\"displayName\":\"Us\"}").expect(200);
    assertThat(acme.admin().get(TENANTS).expect(200).json().path("items")).hasSize(1);
  }

  private static ScimResponse merge(ScimClient client, String url, String patch) {
    return client.with("Content-Type", "application/merge-patch+json").patch(url, patch);
  }

  private void awaitGone(String id) throws InterruptedException {
    Instant deadline = Instant.now().plusSeconds(60);
    while (root.get(TENANTS + "/" + id).status() != 404) {
      assertThat(Instant.now()).as("the tenant is still there").isBefore(deadline);
      Thread.sleep(250);
    }
  }

  private static String name() {
    return unique("t").substring(0, 30);
  }

  static void assertProblem(Answer answer, int status) {
    assertThat(answer.status()).as(answer.body()).isEqualTo(status);
    assertThat(answer.contentType()).isEqualTo("application/problem+json");
    assertThat(answer.number("/status")).isEqualTo(status);
    assertThat(answer.text("/detail")).isNotBlank();
    assertThat(answer.body()).doesNotContainPattern("(?i)exception|org\\.muster|java\\.|select ");
  }
}
