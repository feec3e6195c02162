package org.muster.it.protocol;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;

/** Deleted resources: erased for good, by administrators alone. */
class ErasingIT extends Protocol {
  @Test
  void erasedUserCanNeitherBeRestoredNorPurged() {
    String id = createUser(unique("erased"));
    assertThat(send("DELETE", "/Users/" + id, "").status()).isEqualTo(204);
    Answer erased = erase("User", id);
    assertThat(erased.status()).as(erased.body()).isEqualTo(204);
    assertThat(erased.body()).isEmpty();
    assertThat(erased.header("Cache-Control")).isEqualTo("no-store");
    assertScimError(send("POST", "/Users/" + id + "/.restore", ""), 404, "");
    assertScimError(send("POST", "/Users/" + id + "/.purge", ""), 404, "");
    assertThat(tombstones("default")).doesNotContain(id);
  }

  @Test
  void passwordIsErasedWithTheUser() {
    String name = unique("secret");
    String id =
        post(
                "/Users",
                "{\"schemas\":[\"%s\"],\"userName\":\"%s\",\"password\":\"correct horse\"}"
                    .formatted(USER, name))
            .text("/id");
    assertThat(send("DELETE", "/Users/" + id, "").status()).isEqualTo(204);
    assertThat(erase("User", id).status()).isEqualTo(204);
    assertThat(createUser(name)).isNotEqualTo(id);
  }

  @Test
  void liveUserHasToBeDeletedFirst() {
    String id = createUser(unique("live"));
    Answer refused = erase("User", id);
    TenantsIT.assertProblem(refused, 409);
    assertThat(refused.text("/detail")).contains("not deleted");
    assertThat(get("/Users/" + id).status()).isEqualTo(200);
    assertThat(send("DELETE", "/Users/" + id, "").status()).isEqualTo(204);
    assertThat(erase("User", id).status()).isEqualTo(204);
  }

  @Test
  void groupsAreErasedAndTheirMembersStay() {
    String user = createUser(unique("member"));
    String group = createGroup(unique("group"), user);
    assertThat(send("DELETE", "/Groups/" + group, "").status()).isEqualTo(204);
    assertThat(erase("Group", group).status()).isEqualTo(204);
    assertThat(get("/Users/" + user).status()).isEqualTo(200);
  }

  @Test
  void erasingOnceMoreIsTheSame() {
    String id = createUser(unique("twice"));
    assertThat(send("DELETE", "/Users/" + id, "").status()).isEqualTo(204);
    for (int i = 0; i < 3; i++) {
      assertThat(erase("User", id).status()).isEqualTo(204);
    }
  }

  @Test
  void purgedUserCanBeErasedStill() {
    String id = createUser(unique("purged"));
    assertThat(send("DELETE", "/Users/" + id, "").status()).isEqualTo(204);
    assertThat(send("POST", "/Users/" + id + "/.purge", "").status()).isEqualTo(204);
    assertThat(erase("User", id).status()).isEqualTo(204);
  }

  @Test
  void whatIsNoSubjectIsNotFound() {
    for (String path :
        List.of(
            "Nothing/a",
            "$secret/a",
            "%24secret/a",
            "x".repeat(65) + "/a",
            "User/" + "x".repeat(256),
            "User/a%00b",
            "User/%ED%A0%80",
            "%00/a")) {
      Answer answer = erasePath("default", path, "Bearer " + token());
      assertThat(answer.status()).as(path + answer.body()).isIn(400, 404);
      TenantsIT.assertProblem(answer, answer.status());
    }
  }

  @Test
  void administratorsErase() {
    OwnTenant own = OwnTenant.create(server(), unique("t").substring(0, 30));
    OwnTenant other = OwnTenant.create(server(), unique("t").substring(0, 30));
    String id =
        own.scim()
            .post("/Users", "{\"schemas\":[\"%s\"],\"userName\":\"ann\"}".formatted(USER))
            .expect(201)
            .id();
    own.scim().delete("/Users/" + id).expect(204);
    String path = "User/" + id;
    TenantsIT.assertProblem(erasePath(own.id(), path, ""), 401);
    String writer =
        OwnTenant.issue(server(), own.id(), List.of("scim.read", "scim.write"))
            .json()
            .path("token")
            .asText();
    TenantsIT.assertProblem(erasePath(own.id(), path, "Bearer " + writer), 403);
    TenantsIT.assertProblem(erasePath(own.id(), path, "Bearer " + other.token()), 404);
    TenantsIT.assertProblem(
        erasePath(unique("no").substring(0, 30), path, "Bearer " + token()), 404);
    own.scim().post("/Users/" + id + "/.restore", "").expect(200);
    own.scim().delete("/Users/" + id).expect(204);
    assertThat(erasePath(own.id(), path, "Bearer " + own.token()).status()).isEqualTo(204);
    assertThat(erasePath(own.id(), path, "Bearer " + token()).status()).isEqualTo(204);
  }

  @Test
  void otherMethodsAreNotAllowed() {
    for (String method : List.of("GET", "POST", "PUT", "PATCH")) {
      Answer answer =
          sendTo(serverUrl() + path("default", "User/a"), "Bearer " + token(), method, "");
      TenantsIT.assertProblem(answer, 405);
    }
  }

  @Test
  void restoreAndErasureDoNotMixUp() throws Exception {
    for (int round = 0; round < 5; round++) {
      String id = createUser(unique("race"));
      assertThat(send("DELETE", "/Users/" + id, "").status()).isEqualTo(204);
      List<Callable<Integer>> tasks =
          List.of(
              () -> send("POST", "/Users/" + id + "/.restore", "").status(),
              () -> erase("User", id).status(),
              () -> erase("User", id).status());
      List<Integer> statuses = atOnce(tasks);
      boolean restored = statuses.get(0) == 200;
      assertThat(statuses.get(0)).as("%s", statuses).isIn(200, 404);
      assertThat(statuses.subList(1, 3)).as("%s", statuses).containsOnly(restored ? 409 : 204);
      assertThat(get("/Users/" + id).status()).isEqualTo(restored ? 200 : 404);
    }
  }

  private static List<Integer> atOnce(List<Callable<Integer>> tasks) throws Exception {
    ExecutorService pool = Executors.newFixedThreadPool(tasks.size());
    try {
      List<Integer> results = new ArrayList<>();
      for (Future<Integer> future : pool.invokeAll(tasks)) {
        results.add(future.get());
      }
      return results;
    } finally {
      pool.shutdownNow();
    }
  }

  private static Answer erase(String type, String id) {
    return erasePath("default", type + "/" + id, "Bearer " + token());
  }

  private static Answer erasePath(String tenant, String path, String credential) {
    return sendTo(serverUrl() + path(tenant, path), credential, "DELETE", "");
  }

  private static String path(String tenant, String path) {
    return "/admin/v1/tenants/" + tenant + "/subjects/" + path;
  }

  private static List<String> tombstones(String tenant) {
    List<String> ids = new ArrayList<>();
    String cursor = "";
    do {
      Answer page =
          sendTo(
              serverUrl()
                  + "/admin/v1/tenants/"
                  + tenant
                  + "/tombstones?type=User&limit=1000&cursor="
                  + encode(cursor),
              "Bearer " + token(),
              "GET",
              "");
      assertThat(page.status()).as(page.body()).isEqualTo(200);
      page.json().path("items").forEach(item -> ids.add(item.path("id").asText()));
      cursor = page.json().path("nextCursor").asText("");
    } while (!cursor.isEmpty());
    return ids;
  }
}
