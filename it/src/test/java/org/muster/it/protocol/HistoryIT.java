package org.muster.it.protocol;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.muster.it.ScimClient;
import org.muster.it.ScimResponse;

/** What resources were and what became of them, for administrators alone. */
class HistoryIT extends Protocol {

  @Test
  void historyTellsWhoDidWhatAndHowItWasBefore() {
    OwnTenant acme = tenant();
    ScimClient entra =
        acme.scim().with("User-Agent", "AzureAD SCIM/1.0").with("X-Request-Id", "run-4711");
    String name = unique("ann");
    String id = entra.post("/Users", person(name)).expect(201).json().path("id").asText();
    entra
        .patchOperations(
            "/Users/" + id, "{\"op\":\"Replace\",\"path\":\"title\",\"value\":\"Engineer\"}")
        .expect(204);
    entra
        .patchOperations(
            "/Users/" + id, "{\"op\":\"Replace\",\"path\":\"title\",\"value\":\"Manager\"}")
        .expect(204);
    entra.delete("/Users/" + id).expect(204);
    acme.scim().post("/Users/" + id + "/.restore", "").expect(200);

    JsonNode items = history(acme, "/Users/" + id);
    assertThat(texts(items, "type"))
        .containsExactly("restored", "deleted", "patched", "patched", "created");
    assertThat(texts(items, "number")).containsExactly("5", "4", "3", "2", "1");
    JsonNode change = items.get(2);
    assertThat(change.at("/changes/0/op").asText()).isEqualTo("replace");
    assertThat(change.at("/changes/0/path").asText()).isEqualTo("/title");
    assertThat(change.at("/changes/0/fromValue").asText()).isEqualTo("Engineer");
    assertThat(change.at("/changes/0/value").asText()).isEqualTo("Manager");
    assertThat(change.path("userAgent").asText()).isEqualTo("AzureAD SCIM/1.0");
    assertThat(change.path("requestId").asText()).isEqualTo("run-4711");
    assertThat(change.path("address").asText()).isEqualTo("127.0.0.1");
    assertThat(change.path("actor").asText()).isNotEmpty();
    assertThat(change.path("client").asText()).isNotEmpty();
    assertThat(Instant.parse(change.path("time").asText())).isBefore(Instant.now().plusSeconds(60));
    assertThat(items.get(4).at("/document/userName").asText()).isEqualTo(name);
  }

  @Test
  void historyIsPaged() {
    OwnTenant acme = tenant();
    String id = create(acme, "/Users", person(unique("u")));
    for (int i = 0; i < 6; i++) {
      title(acme, id, "t" + i);
    }
    List<String> numbers = new ArrayList<>();
    String cursor = "";
    do {
      JsonNode page =
          acme.scim().get("/Users/" + id + "/.history?count=3&cursor=" + cursor).expect(200).json();
      numbers.addAll(texts(page.path("items"), "number"));
      cursor = page.path("nextCursor").asText();
    } while (!cursor.isEmpty());
    assertThat(numbers).containsExactly("7", "6", "5", "4", "3", "2", "1");
  }

  @Test
  void passwordIsInNoHistory() {
    OwnTenant acme = tenant();
    String id =
        create(
            acme,
            "/Users",
            "{\"schemas\":[\"" + USER + "\"],\"userName\":\"x\",\"password\":\"correct horse\"}");
    acme.scim()
        .patchOperations(
            "/Users/" + id, "{\"op\":\"replace\",\"path\":\"password\",\"value\":\"battery\"}")
        .expect(204);
    assertThat(history(acme, "/Users/" + id).toString())
        .doesNotContain("correct horse")
        .doesNotContain("battery")
        .doesNotContain("PBKDF2");
  }

  @Test
  void membersThatCameAndWentAreToldOfTheGroup() {
    OwnTenant acme = tenant();
    String ann = create(acme, "/Users", person(unique("ann")));
    String bob = create(acme, "/Users", person(unique("bob")));
    String group = create(acme, "/Groups", group("g", ann));
    acme.scim()
        .patchOperations(
            "/Groups/" + group,
            "{\"op\":\"add\",\"path\":\"members\",\"value\":[{\"value\":\"" + bob + "\"}]}")
        .expect(204);
    acme.scim().delete("/Users/" + ann).expect(204);
    JsonNode items = history(acme, "/Groups/" + group);
    assertThat(texts(items, "type"))
        .containsExactly("membership-removed", "membership-added", "membership-added", "created");
    assertThat(items.get(0).at("/targets/User/0").asText()).isEqualTo(ann);
    assertThat(items.get(0).path("relation").asText()).isEqualTo("members");
    assertThat(items.get(1).at("/targets/User/0").asText()).isEqualTo(bob);
  }

  @Test
  void resourceIsShownAsItWasAtAVersion() {
    OwnTenant acme = tenant();
    String id = create(acme, "/Users", person(unique("u")));
    String first = title(acme, id, "Engineer");
    String second = title(acme, id, "Manager");
    assertThat(at(acme, "/Users/" + id, first).path("title").asText()).isEqualTo("Engineer");
    assertThat(at(acme, "/Users/" + id, second).path("title").asText()).isEqualTo("Manager");
    assertThat(at(acme, "/Users/" + id, encode("W/\"" + first + "\"")).at("/meta/version").asText())
        .isEqualTo("W/\"" + first + "\"");
    assertScimError(answer(acme.scim().get("/Users/" + id + "?at=999999999")), 404, "");
  }

  @Test
  void resourcesAreShownAsTheyWereAtATime() throws InterruptedException {
    OwnTenant acme = tenant();
    String name = unique("ann");
    String ann = create(acme, "/Users", person(name));
    String group = create(acme, "/Groups", group("engineers", ann));
    String before = now();
    title(acme, ann, "Boss");
    acme.scim().delete("/Groups/" + group).expect(204);
    String late = create(acme, "/Users", person(unique("late")));
    acme.scim().delete("/Users/" + ann).expect(204);

    JsonNode then = at(acme, "/Users/" + ann, before);
    assertThat(then.has("title")).isFalse();
    assertThat(then.at("/groups/0/value").asText()).isEqualTo(group);
    assertThat(then.at("/groups/0/display").asText()).isEqualTo("engineers");
    assertThat(at(acme, "/Groups/" + group, before).at("/members/0/value").asText()).isEqualTo(ann);
    assertThat(at(acme, "/Groups/" + group + "/members", before).at("/Resources/0/value").asText())
        .isEqualTo(ann);
    assertScimError(answer(acme.scim().get("/Users/" + late + "?at=" + before)), 404, "");
    assertScimError(answer(acme.scim().get("/Users/" + ann + "?at=" + now())), 404, "");

    JsonNode list = at(acme, "/Users", before);
    assertThat(list.path("totalResults").asInt()).isEqualTo(1);
    assertThat(list.at("/Resources/0/id").asText()).isEqualTo(ann);
    String filter = encode("userName eq \"" + name.toUpperCase(Locale.ROOT) + "\"");
    JsonNode found =
        acme.scim().get("/Users?filter=" + filter + "&at=" + before).expect(200).json();
    assertThat(found.at("/Resources/0/id").asText()).isEqualTo(ann);
    assertThat(acme.scim().get("/Users?filter=" + filter).json().path("totalResults").asInt())
        .isZero();
  }

  @Test
  void resourceIsMadeWhatItWas() {
    OwnTenant acme = tenant();
    String ann = create(acme, "/Users", person(unique("ann")));
    String bob = create(acme, "/Users", person(unique("bob")));
    String group = create(acme, "/Groups", group("before", ann, bob));
    String version = version(acme, "/Groups/" + group);
    acme.scim()
        .patchOperations(
            "/Groups/" + group,
            "{\"op\":\"replace\",\"path\":\"displayName\",\"value\":\"after\"},"
                + "{\"op\":\"remove\",\"path\":\"members\"}")
        .expect(204);
    acme.scim().delete("/Users/" + bob).expect(204);
    JsonNode reverted =
        acme.scim().post("/Groups/" + group + "/.revert?at=" + version, "").expect(200).json();
    assertThat(reverted.path("displayName").asText()).isEqualTo("before");
    JsonNode read = acme.scim().get("/Groups/" + group).expect(200).json();
    assertThat(read.path("members")).hasSize(1);
    assertThat(read.at("/members/0/value").asText()).isEqualTo(ann);
    assertThat(texts(history(acme, "/Groups/" + group), "type")).contains("replaced");
    assertScimError(
        answer(
            acme.scim()
                .with("If-Match", "W/\"1\"")
                .post("/Groups/" + group + "/.revert?at=" + version, "")),
        412,
        "");
  }

  @Test
  void whatWasDeletedIsRestoredBeforeItIsReverted() {
    OwnTenant acme = tenant();
    String id = create(acme, "/Users", person(unique("u")));
    String version = version(acme, "/Users/" + id);
    acme.scim().delete("/Users/" + id).expect(204);
    assertScimError(
        answer(acme.scim().post("/Users/" + id + "/.revert?at=" + version, "")), 404, "");
  }

  @Test
  void onlyAdministratorsLookBack() {
    OwnTenant acme = tenant();
    String id = create(acme, "/Users", person(unique("u")));
    String version = version(acme, "/Users/" + id);
    String token =
        OwnTenant.issue(server(), acme.id(), List.of("scim.read", "scim.write"))
            .json()
            .path("token")
            .asText();
    ScimClient usual = acme.scim().as(token);
    for (String path :
        List.of(
            "/Users/" + id + "/.history",
            "/Users/" + id + "/%2Ehistory",
            "/Users/" + id + "?at=" + version,
            "/Users?at=2020-01-01T00:00:00Z")) {
      assertScimError(answer(usual.get(path)), 403, "");
    }
    assertScimError(answer(usual.post("/Users/" + id + "/.revert?at=" + version, "")), 403, "");
    OwnTenant other = tenant();
    assertScimError(answer(other.scim().get("/Users/" + id + "/.history")), 404, "");
    assertScimError(answer(other.scim().get("/Users/" + id + "?at=" + version)), 404, "");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "x",
        "-1",
        "0",
        "9999999999999999999999",
        "2026-13-01T00:00:00Z",
        "yesterday",
        "2999-01-01T00:00:00Z",
        "2026-01-01",
        "%00",
        "W%2F%22x%22"
      })
  void oddMomentIsRefused(String at) {
    assertScimError(get("/Users?at=" + at), 400, "invalidValue");
    assertScimError(get("/Users/" + createUser(unique("u")) + "?at=" + at), 400, "invalidValue");
  }

  @ParameterizedTest
  @ValueSource(strings = {"cursor=x", "cursor=-1", "cursor=0", "count=0", "count=100000"})
  void oddPageOfAHistoryIsRefused(String page) {
    String id = createUser(unique("u"));
    assertScimError(get("/Users/" + id + "/.history?" + page), 400, "invalidValue");
  }

  @Test
  void historyOfWhatNeverWasIsNotFound() {
    assertScimError(get("/Users/nobody/.history"), 404, "");
    assertScimError(get("/Users?at=1"), 400, "invalidValue");
    assertScimError(post("/Users/nobody/.revert", ""), 400, "invalidValue");
  }

  private static OwnTenant tenant() {
    return OwnTenant.create(server(), unique("h").substring(0, 30));
  }

  private static Answer answer(ScimResponse response) {
    return new Answer(response);
  }

  private static String now() throws InterruptedException {
    Thread.sleep(5);
    String now = Instant.now().toString();
    Thread.sleep(5);
    return now;
  }

  private static String person(String name) {
    return "{\"schemas\":[\"" + USER + "\"],\"userName\":\"" + name + "\"}";
  }

  private static String group(String name, String... members) {
    List<String> values = new ArrayList<>();
    for (String member : members) {
      values.add("{\"value\":\"" + member + "\"}");
    }
    return "{\"schemas\":[\""
        + GROUP
        + "\"],\"displayName\":\""
        + name
        + "\",\"members\":["
        + String.join(",", values)
        + "]}";
  }

  private static String create(OwnTenant tenant, String path, String body) {
    return tenant.scim().post(path, body).expect(201).json().path("id").asText();
  }

  /** The version that a user has with a new title. */
  private static String title(OwnTenant tenant, String id, String title) {
    tenant
        .scim()
        .patchOperations(
            "/Users/" + id, "{\"op\":\"replace\",\"path\":\"title\",\"value\":\"" + title + "\"}")
        .expect(204);
    return version(tenant, "/Users/" + id);
  }

  private static String version(OwnTenant tenant, String path) {
    String etag = tenant.scim().get(path).expect(200).json().at("/meta/version").asText();
    return etag.replaceAll("W/\"([0-9]+).*", "$1");
  }

  private static JsonNode at(OwnTenant tenant, String path, String at) {
    return tenant.scim().get(path + "?at=" + at).expect(200).json();
  }

  private static JsonNode history(OwnTenant tenant, String path) {
    return tenant.scim().get(path + "/.history").expect(200).json().path("items");
  }

  private static List<String> texts(JsonNode items, String name) {
    List<String> texts = new ArrayList<>();
    items.forEach(item -> texts.add(item.path(name).asText()));
    return texts;
  }
}
