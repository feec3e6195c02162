package org.muster.it.protocol;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** RFC 7644 section 3.5.1: replacing. */
class ReplacingIT extends Protocol {
  @Test
  void absentAttributesAreCleared() {
    String name = unique("put");
    Answer created =
        post(
            "/Users",
            """
            {"schemas":["%s","%s"],"userName":"%s","title":"Chief","nickName":"Nick",
             "%s":{"department":"Tours"}}"""
                .formatted(USER, ENTERPRISE, name, ENTERPRISE));
    Answer put =
        put(
            "/Users/" + created.text("/id"),
            "{\"schemas\":[\"%s\"],\"userName\":\"%s\",\"title\":\"Boss\"}".formatted(USER, name));
    assertThat(put.status()).isEqualTo(200);
    assertThat(put.text("/title")).isEqualTo("Boss");
    assertThat(put.json().has("nickName")).isFalse();
    assertThat(put.json().has(ENTERPRISE)).isFalse();
    assertThat(put.text("/meta/created")).isEqualTo(created.text("/meta/created"));
    assertThat(put.header("ETag")).isNotEqualTo(created.header("ETag"));
    assertThat(get("/Users/" + created.text("/id")).json()).isEqualTo(put.json());
  }

  @Test
  void replacingByTheSameKeepsVersionAndLastModified() {
    String id = createUser(unique("same"));
    Answer before = get("/Users/" + id);
    Answer put = put("/Users/" + id, before.body());
    assertThat(put.status()).isEqualTo(200);
    assertThat(put.json()).isEqualTo(before.json());
  }

  @Test
  void anOldNameIsFreeAndANewOneTaken() {
    String old = unique("old");
    String fresh = unique("fresh");
    String id = createUser(old);
    put("/Users/" + id, "{\"schemas\":[\"%s\"],\"userName\":\"%s\"}".formatted(USER, fresh));
    createUser(old);
    assertScimError(
        post("/Users", "{\"schemas\":[\"%s\"],\"userName\":\"%s\"}".formatted(USER, fresh)),
        409,
        "uniqueness");
  }

  @Test
  void replacingMembersWritesTheDifference() {
    String ann = createUser(unique("a"));
    String bob = createUser(unique("b"));
    String cid = createUser(unique("c"));
    String name = unique("team");
    String group = createGroup(name, ann, bob);
    Answer put =
        put(
            "/Groups/" + group,
            "{\"schemas\":[\"%s\"],\"displayName\":\"%s\",\"members\":[{\"value\":\"%s\"},{\"value\":\"%s\"}]}"
                .formatted(GROUP, name, bob, cid));
    assertThat(put.status()).isEqualTo(200);
    assertThat(members(group)).containsExactlyInAnyOrder(bob, cid);
    assertThat(get("/Users/" + ann).json().has("groups")).isFalse();
  }

  @Test
  void unknownResourceIsNotFound() {
    assertScimError(
        put("/Users/nobody", "{\"schemas\":[\"%s\"],\"userName\":\"x\"}".formatted(USER)), 404, "");
  }
}
