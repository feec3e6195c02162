package org.muster.it.protocol;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Deleted resources: restored, purged, listed; by administrators alone. */
class RestoringIT extends Protocol {
  @Test
  void restoredUserIsAsItWasButForItsMemberships() {
    String name = unique("back");
    Answer made =
        post(
            "/Users",
            """
            {"schemas":["%s","%s"],"userName":"%s","externalId":"x","active":false,
             "emails":[{"value":"a@x.example"},{"value":"b@x.example","primary":true}],
             "%s":{"department":"R&D"},"password":"correct horse"}
            """
                .formatted(USER, ENTERPRISE, name, ENTERPRISE));
    String id = made.text("/id");
    String group = createGroup(unique("left"), id);
    delete("/Users/" + id);
    assertScimError(get("/Users/" + id), 404, "");

    Answer restored = restore("/Users/" + id);
    assertThat(restored.status()).as(restored.body()).isEqualTo(200);
    assertThat(restored.header("ETag")).isNotEqualTo(made.header("ETag"));
    assertThat(restored.body()).doesNotContain("correct horse", "password");
    for (String same :
        List.of("/userName", "/externalId", "/active", "/emails", "/id", "/meta/created")) {
      assertThat(restored.at(same)).as(same).isEqualTo(made.at(same)).isNotNull();
    }
    assertThat(restored.json().path(ENTERPRISE).path("department").asText()).isEqualTo("R&D");
    Answer read = get("/Users/" + id);
    assertThat(read.json()).isEqualTo(restored.json());
    assertThat(read.header("ETag")).isEqualTo(restored.header("ETag"));
    assertThat(read.json().has("groups")).isFalse();
    assertThat(members(group)).isEmpty();
    assertThat(ids(filter("/Users", "userName eq \"" + name + "\""))).containsExactly(id);
    assertThat(
            ids(
                filter(
                    "/Users", "emails.value eq \"b@x.example\" and userName sw \"" + name + "\"")))
        .containsExactly(id);
  }

  @Test
  void restoredUserIsWrittenAndDeletedLikeAnyOther() {
    String id = createUser(unique("again"));
    delete("/Users/" + id);
    assertThat(restore("/Users/" + id).status()).isEqualTo(200);
    assertThat(
            patch("/Users/" + id, patchBody("{\"op\":\"add\",\"path\":\"title\",\"value\":\"x\"}"))
                .status())
        .isEqualTo(204);
    delete("/Users/" + id);
    Answer restored = restore("/Users/" + id);
    assertThat(restored.text("/title")).isEqualTo("x");
  }

  @Test
  void groupIsRestoredWithoutMembers() {
    String user = createUser(unique("member"));
    String group = createGroup(unique("group"), user);
    delete("/Groups/" + group);
    assertThat(restore("/Groups/" + group).json().has("members")).isFalse();
    assertThat(get("/Users/" + user).json().has("groups")).isFalse();
  }

  @Test
  void attributesAreSelected() {
    String id = createUser(unique("select"));
    delete("/Users/" + id);
    Answer restored = send("POST", "/Users/" + id + "/.restore?attributes=userName", "");
    assertThat(restored.json().has("userName")).isTrue();
    assertThat(restored.json().has("meta")).isFalse();
  }

  @Test
  void nameThatIsTakenMeanwhileIsAConflict() {
    String name = unique("taken");
    String first = createUser(name);
    delete("/Users/" + first);
    String second = createUser(name.toUpperCase(java.util.Locale.ROOT));
    assertThat(second).isNotEqualTo(first);
    assertScimError(restore("/Users/" + first), 409, "uniqueness");
    assertScimError(get("/Users/" + first), 404, "");
    delete("/Users/" + second);
    assertThat(restore("/Users/" + first).status()).isEqualTo(200);
    assertScimError(restore("/Users/" + second), 409, "uniqueness");
  }

  @Test
  void whatWasNotDeletedIsNotFound() {
    String id = createUser(unique("live"));
    assertScimError(restore("/Users/" + id), 404, "");
    assertScimError(purge("/Users/" + id), 404, "");
    delete("/Users/" + id);
    assertScimError(restore("/Groups/" + id), 404, "");
    assertScimError(purge("/Groups/" + id), 404, "");
    assertThat(restore("/Users/" + id).status()).isEqualTo(200);
    assertScimError(restore("/Users/" + id), 404, "");
    assertThat(get("/Users/" + id).status()).isEqualTo(200);
  }

  @Test
  void purgedUserIsGoneForGood() {
    String name = unique("purged");
    String id = createUser(name);
    delete("/Users/" + id);
    Answer purged = purge("/Users/" + id);
    assertThat(purged.status()).isEqualTo(204);
    assertThat(purged.body()).isEmpty();
    assertScimError(purge("/Users/" + id), 404, "");
    assertScimError(restore("/Users/" + id), 404, "");
    assertThat(tombstoneIds("User")).doesNotContain(id);
    assertThat(createUser(name)).isNotEqualTo(id);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "nobody",
        "%20",
        "%F0%9F%98%80",
        "..%2f..%2fadmin",
        "'%20or%20'1'='1",
        "a;b=c",
        "%22",
        "$secret"
      })
  void hostileIdsAreNotFound(String id) {
    for (String operation : List.of("/.restore", "/.purge")) {
      Answer answer = send("POST", "/Users/" + id + operation, "");
      assertThat(answer.status()).as(answer.body()).isIn(400, 404);
      assertThat(answer.contentType()).startsWith("application/");
      assertThat(answer.body()).doesNotContainPattern("(?i)exception|org\\.muster|select ");
    }
  }

  @Test
  void pathsBesideAreNotThere() {
    String id = createUser(unique("paths"));
    delete("/Users/" + id);
    assertScimError(send("POST", "/Nothing/" + id + "/.restore", ""), 404, "");
    assertScimError(send("POST", "/Users/" + id + "/.restore/now", ""), 404, "");
    assertScimError(send("POST", "/Users/.restore", ""), 405, "");
    for (String method : List.of("GET", "PUT", "PATCH", "DELETE")) {
      String body = method.startsWith("P") ? "{}" : "";
      Answer answer = send(method, "/Users/" + id + "/.restore", body);
      assertScimError(answer, 405, "");
      assertThat(answer.header("Allow")).isEqualTo("POST, OPTIONS");
    }
    assertScimError(get("/Users/" + id), 404, "");
    assertThat(restore("/Users/" + id).status()).isEqualTo(200);
  }

  @Test
  void onlyAdministratorsRestorePurgeAndList() {
    String id = createUser(unique("scopes"));
    delete("/Users/" + id);
    String writer = tokenWith("scim.read", "scim.write", "storage.read", "storage.write");
    for (String operation :
        List.of(
            "/.restore",
            "/.purge",
            "/%2Erestore",
            "/.purg%65",
            "/.restore/",
            "/.purge;a=b",
            "/.restore?x")) {
      assertScimError(sendAs(writer, "POST", "/Users/" + id + operation, ""), 403, "");
    }
    assertThat(tombstones(writer, "default", "?type=User").status()).isEqualTo(403);
    assertScimError(sendAs("", "POST", "/Users/" + id + "/.restore", ""), 401, "");
    assertThat(tombstones("", "default", "?type=User").status()).isEqualTo(401);
    String admin = tokenWith("tenant.admin");
    assertThat(tombstones(admin, "default", "?type=User").status()).isEqualTo(200);
    assertScimError(sendAs(admin, "GET", "/Users/" + id, ""), 403, "");
    assertThat(sendAs(admin, "POST", "/Users/" + id + "/.restore", "").status()).isEqualTo(200);
    delete("/Users/" + id);
    assertThat(sendAs(admin, "POST", "/Users/" + id + "/.purge", "").status()).isEqualTo(204);
  }

  @Test
  void otherTenantsAreNotThere() {
    String id = createUser(unique("tenant"));
    delete("/Users/" + id);
    assertThat(
            sendTo(
                    serverUrl() + "/t/other/scim/v2/Users/" + id + "/.restore",
                    "Bearer " + token(),
                    "POST",
                    "")
                .status())
        .isEqualTo(404);
    for (String tenant :
        List.of("other", "DEFAULT", "%20", "default%00", "-", "'", "x".repeat(64))) {
      Answer answer = tombstones("Bearer " + token(), tenant, "?type=User");
      assertThat(answer.status()).as(tenant + " " + answer.body()).isIn(400, 404);
      assertThat(answer.body()).doesNotContain(id).doesNotContainPattern("(?i)exception|select ");
    }
    assertThat(
            sendTo(
                    serverUrl() + "/t/default/scim/v2/Users/" + id + "/.restore",
                    "Bearer " + token(),
                    "POST",
                    "")
                .status())
        .isEqualTo(200);
  }

  @Test
  void tombstonesAreListedInPages() {
    Set<String> deleted = new HashSet<>();
    String name = unique("listed");
    for (int i = 0; i < 5; i++) {
      String id = createUser(name + i);
      delete("/Users/" + id);
      deleted.add(id);
    }
    Answer all = tombstones("Bearer " + token(), "default", "?type=User&limit=1000");
    assertThat(all.contentType()).isEqualTo("application/json");
    int found = 0;
    for (JsonNode item : all.json().path("items")) {
      if (deleted.contains(item.path("id").asText())) {
        found++;
        assertThat(item.path("type").asText()).isEqualTo("User");
        assertThat(item.path("label").asText()).startsWith(name);
        assertThat(item.path("actor").asText()).isEqualTo("admin");
        assertThat(item.path("version").asText()).matches("[0-9]+");
        assertThat(Instant.parse(item.path("deleted").asText()))
            .isBetween(Instant.now().minusSeconds(600), Instant.now().plusSeconds(600));
        assertThat(item).hasSize(6);
      }
    }
    assertThat(found).isEqualTo(5);
    assertThat(tombstoneIds("User")).doesNotHaveDuplicates().containsAll(deleted);
    assertThat(tombstoneIds("Group")).doesNotContainAnyElementsOf(deleted);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "?type=",
        "?type=user",
        "?type=Users",
        "?type=%24secret",
        "?type=User&type=Group",
        "?type=User&limit=0",
        "?type=User&limit=1001",
        "?type=User&limit=-1",
        "?type=User&limit=ten",
        "?type=User&cursor=%00",
        "?type=User&cursor=%FF",
        "?type=%27"
      })
  void badListRequestsAreProblems(String query) {
    Answer answer = tombstones("Bearer " + token(), "default", query);
    assertThat(answer.status()).as(answer.body()).isEqualTo(400);
    assertThat(answer.contentType()).isEqualTo("application/problem+json");
    assertThat(answer.text("/detail")).isNotBlank();
    assertThat(answer.body()).doesNotContainPattern("(?i)exception|org\\.muster|select ");
  }

  @Test
  void oneOfManyRestoresWins() throws Exception {
    for (int round = 0; round < 3; round++) {
      String id = createUser(unique("race"));
      delete("/Users/" + id);
      List<Integer> statuses =
          atOnce(Collections.nCopies(12, () -> restore("/Users/" + id).status()));
      assertThat(statuses).filteredOn(status -> status == 200).hasSize(1);
      assertThat(statuses).filteredOn(status -> status == 404).hasSize(11);
      assertThat(get("/Users/" + id).status()).isEqualTo(200);
    }
  }

  @Test
  void restorePurgeAndCreationOfTheSameNameDoNotMixUp() throws Exception {
    for (int round = 0; round < 5; round++) {
      String name = unique("mix");
      String id = createUser(name);
      delete("/Users/" + id);
      List<Callable<Integer>> tasks =
          List.of(
              () -> restore("/Users/" + id).status(),
              () -> purge("/Users/" + id).status(),
              () ->
                  post("/Users", "{\"schemas\":[\"%s\"],\"userName\":\"%s\"}".formatted(USER, name))
                      .status());
      List<Integer> statuses = atOnce(tasks);
      boolean restored = statuses.get(0) == 200;
      boolean purged = statuses.get(1) == 204;
      boolean created = statuses.get(2) == 201;
      assertThat(restored && purged).as("%s", statuses).isFalse();
      assertThat(restored != created).as("%s", statuses).isTrue();
      assertThat(get("/Users/" + id).status()).isEqualTo(restored ? 200 : 404);
      assertThat(ids(filter("/Users", "userName eq \"" + name + "\""))).hasSize(1);
    }
  }

  private static <T> List<T> atOnce(List<Callable<T>> tasks) throws Exception {
    ExecutorService pool = Executors.newFixedThreadPool(tasks.size());
    try {
      List<T> results = new ArrayList<>();
      for (Future<T> future : pool.invokeAll(tasks)) {
        results.add(future.get());
      }
      return results;
    } finally {
      pool.shutdownNow();
    }
  }

  private static Answer restore(String path) {
    return send("POST", path + "/.restore", "");
  }

  private static Answer purge(String path) {
    return send("POST", path + "/.purge", "");
  }

  private static void delete(String path) {
    assertThat(send("DELETE", path, "").status()).isEqualTo(204);
  }

  private static String tokenWith(String... scopes) {
    Answer created =
        sendTo(
            serverUrl() + "/admin/v1/tokens",
            "Bearer " + token(),
            "POST",
            "{\"scopes\":[\"" + String.join("\",\"", scopes) + "\"]}",
            "Content-Type",
            "application/json");
    assertThat(created.status()).as(created.body()).isEqualTo(201);
    return "Bearer " + created.text("/token");
  }

  private static Answer tombstones(String credential, String tenant, String query) {
    return sendTo(
        serverUrl() + "/admin/v1/tenants/" + tenant + "/tombstones" + query, credential, "GET", "");
  }

  private static List<String> tombstoneIds(String type) {
    List<String> ids = new ArrayList<>();
    String cursor = "";
    do {
      Answer page =
          tombstones(
              "Bearer " + token(),
              "default",
              "?type=" + type + "&limit=7&cursor=" + encode(cursor));
      assertThat(page.status()).as(page.body()).isEqualTo(200);
      page.json().path("items").forEach(item -> ids.add(item.path("id").asText()));
      cursor = page.json().path("nextCursor").asText("");
    } while (!cursor.isEmpty());
    return ids;
  }
}
