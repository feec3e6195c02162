package org.muster.it.protocol;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.nimbusds.jose.JWSObject;
import java.text.ParseException;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/** RFC 9967 section 2.5.1: bulk requests that are answered before they are done. */
class AsyncBulkIT extends Protocol {
  private static final String RESPONSE = "urn:ietf:params:scim:event:misc:asyncresp";

  private static Answer submit(String... operations) {
    return send(
        "POST", "/Bulk", BulkIT.request("", operations), "Prefer", "respond-async, return=minimal");
  }

  private static Answer await(String path) throws InterruptedException {
    for (int i = 0; i < 300; i++) {
      Answer answer = get(path);
      if (answer.status() != 202) {
        return answer;
      }
      assertThat(answer.number("/operations")).isEqualTo(2);
      assertThat(answer.number("/done")).isBetween(0, 2);
      assertThat(answer.header("Retry-After")).isEqualTo("1");
      Thread.sleep(100);
    }
    return get(path);
  }

  @Test
  void responseIsFetchedWhenItIsThere() throws InterruptedException {
    String name = unique("async");
    Answer accepted = submit(BulkIT.newUser("a", name), BulkIT.newUser("b", name));
    assertThat(accepted.status()).as(accepted.body()).isEqualTo(202);
    assertThat(accepted.body()).isEmpty();
    assertThat(accepted.header("Preference-Applied")).isEqualTo("respond-async");
    String transaction = accepted.header("Set-Txn");
    assertThat(transaction).matches("[0-9a-f]{32}");
    assertThat(accepted.header("Location")).isEqualTo(scimUrl() + "/.async/" + transaction);
    Answer done = await("/.async/" + transaction);
    assertThat(done.status()).as(done.body()).isEqualTo(200);
    assertThat(done.header("Set-Txn")).isEqualTo(transaction);
    assertThat(BulkIT.statuses(done)).isEqualTo(List.of("201", "409"));
    assertThat(get("/.async/" + transaction).body()).isEqualTo(done.body());
    assertThat(get("/Users/" + BulkIT.id(done, 0)).text("/userName")).isEqualTo(name);
  }

  @Test
  void answerIsForWhoMayWriteHoweverThePathIsSpelled() throws InterruptedException {
    String name = unique("spelled");
    String transaction =
        submit(BulkIT.newUser("a", name), BulkIT.newUser("b", name)).header("Set-Txn");
    await("/.async/" + transaction);
    String reader =
        "Bearer "
            + OwnTenant.issue(server(), "default", List.of("scim.read"))
                .json()
                .path("token")
                .asText();
    for (String path : List.of("/.async/", "/%2Easync/", "/.async;x=y/")) {
      assertScimError(sendAs(reader, "GET", path + transaction, ""), 403, "");
      assertThat(get(path + transaction).status()).as(path).isEqualTo(200);
    }
  }

  @Test
  void whoWaitsSomeSecondsGetsWhatIsDoneUntilThen() {
    String name = unique("wait");
    Answer done =
        send(
            "POST",
            "/Bulk",
            BulkIT.request("", BulkIT.newUser("a", name), BulkIT.newUser("b", name)),
            "Prefer",
            "respond-async, wait=20");
    assertThat(done.status()).as(done.body()).isEqualTo(200);
    assertThat(BulkIT.statuses(done)).isEqualTo(List.of("201", "409"));
    assertThat(done.header("Preference-Applied")).isEqualTo("wait=20");
    assertThat(get("/.async/" + done.header("Set-Txn")).body()).isEqualTo(done.body());
  }

  @Test
  void whoWaitsForNothingIsToldWhereTheAnswerWillBe() throws InterruptedException {
    String[] operations = new String[500];
    String name = unique("brief");
    for (int i = 0; i < operations.length; i++) {
      operations[i] = BulkIT.newUser("u" + i, name + i);
    }
    Answer accepted =
        send("POST", "/Bulk", BulkIT.request("", operations), "Prefer", "respond-async, wait=0");
    assertThat(accepted.status()).as(accepted.body()).isEqualTo(202);
    assertThat(accepted.header("Preference-Applied")).isEqualTo("respond-async");
    String path = "/.async/" + accepted.header("Set-Txn");
    for (int i = 0; i < 300 && get(path).status() == 202; i++) {
      Thread.sleep(100);
    }
    assertThat(BulkIT.statuses(get(path))).hasSize(operations.length).containsOnly("201");
  }

  @Test
  void badRequestIsRefusedAtOnce() {
    assertScimError(
        send("POST", "/Bulk", "{\"Operations\":[]}", "Prefer", "respond-async"),
        400,
        "invalidSyntax");
  }

  @Test
  void unknownTransactionIsNotThere() {
    assertScimError(get("/.async/00000000000000000000000000000000"), 404, "");
    assertScimError(send("DELETE", "/.async/x", ""), 405, "");
  }

  @Test
  void acceptDoesNotMatterToWhoDoesNotWait() {
    Answer accepted =
        send(
            "POST",
            "/Bulk",
            BulkIT.request("", BulkIT.newUser("a", unique("accept"))),
            "Prefer",
            "respond-async",
            "Accept",
            "text/html");
    assertThat(accepted.status()).as(accepted.body()).isEqualTo(202);
    assertThat(accepted.body()).isEmpty();
  }

  @Test
  void eachOperationIsToldByAToken() throws InterruptedException {
    OwnTenant tenant = OwnTenant.create(server(), unique("t").substring(0, 30));
    String stream =
        tenant
            .admin()
            .post(
                "/admin/v1/tenants/" + tenant.id() + "/receivers",
                "{\"kind\":\"set-poll\",\"options\":{\"eventUris\":[\"%s\"]}}".formatted(RESPONSE))
            .expect(201)
            .id();
    String transaction =
        tenant
            .scim()
            .with("Prefer", "respond-async")
            .post(
                "/Bulk", BulkIT.request("", BulkIT.newUser("a", "ann"), BulkIT.newUser("b", "ann")))
            .expect(202)
            .header("Set-Txn");
    Map<String, JsonNode> told = new TreeMap<>();
    for (int i = 0; i < 100 && told.size() < 2; i++) {
      Thread.sleep(100);
      tenant
          .admin()
          .post("/events/v1/streams/" + stream + "/poll", "{\"returnImmediately\":true}")
          .expect(200)
          .json()
          .path("sets")
          .forEach(token -> note(told, token.asText()));
    }
    assertThat(told).containsOnlyKeys(transaction + ":0", transaction + ":1");
    JsonNode done = payload(told, transaction + ":0");
    assertThat(done.path("method").asText()).isEqualTo("POST");
    assertThat(done.path("bulkId").asText()).isEqualTo("a");
    assertThat(done.path("status").asText()).isEqualTo("201");
    JsonNode failed = payload(told, transaction + ":1");
    assertThat(failed.path("status").asText()).isEqualTo("409");
    assertThat(failed.at("/response/schemas/0").asText())
        .isEqualTo("urn:ietf:params:scim:api:messages:2.0:Error");
    assertThat(failed.at("/response/scimType").asText()).isEqualTo("uniqueness");
    assertThat(tenant.admin().get("/storage/v1/events?limit=1000").expect(200).json().path("items"))
        .extracting(event -> event.path("type").asText())
        .containsOnly("created");
  }

  private static JsonNode payload(Map<String, JsonNode> told, String transaction) {
    return Objects.requireNonNull(told.get(transaction)).path("events").path(RESPONSE);
  }

  private static void note(Map<String, JsonNode> told, String token) {
    try {
      JsonNode claims = new ObjectMapper().readTree(JWSObject.parse(token).getPayload().toString());
      told.put(claims.path("txn").asText(), claims);
    } catch (ParseException | JsonProcessingException e) {
      throw new AssertionError(e);
    }
  }
}
