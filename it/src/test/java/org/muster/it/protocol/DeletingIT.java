package org.muster.it.protocol;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** RFC 7644 section 3.6: deleting. */
class DeletingIT extends Protocol {
  @Test
  void deletedUserIsGoneFromEverything() {
    String name = unique("gone");
    String id = createUser(name);
    String group = createGroup(unique("left"), id);
    Answer before = get("/Groups/" + group);
    Answer deleted = send("DELETE", "/Users/" + id, "");
    assertThat(deleted.status()).isEqualTo(204);
    assertThat(deleted.body()).isEmpty();
    assertScimError(get("/Users/" + id), 404, "");
    assertScimError(send("DELETE", "/Users/" + id, ""), 404, "");
    assertScimError(
        put("/Users/" + id, "{\"schemas\":[\"%s\"],\"userName\":\"x\"}".formatted(USER)), 404, "");
    assertThat(filter("/Users", "userName eq \"" + name + "\"").number("/totalResults")).isZero();
    assertThat(members(group)).isEmpty();
    assertThat(get("/Groups/" + group).header("ETag")).isNotEqualTo(before.header("ETag"));
  }

  @Test
  void nameOfADeletedUserCanBeUsedAgain() {
    String name = unique("again");
    String first = createUser(name);
    send("DELETE", "/Users/" + first, "");
    assertThat(createUser(name)).isNotEqualTo(first);
  }

  @Test
  void deletedGroupLeavesItsMembers() {
    String id = createUser(unique("stays"));
    String group = createGroup(unique("goes"), id);
    assertThat(get("/Users/" + id).at("/groups/0/value").asText()).isEqualTo(group);
    send("DELETE", "/Groups/" + group, "");
    assertThat(get("/Users/" + id).json().has("groups")).isFalse();
  }
}
