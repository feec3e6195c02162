package org.muster.it.protocol;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** RFC 7644 section 3.11: the user that the credential belongs to. */
class MeIT extends Protocol {
  private static String tokenOf(String subject, String scopes) {
    String whose = subject.isEmpty() ? "" : ",\"subject\":\"" + subject + "\"";
    Answer created =
        sendTo(
            serverUrl() + "/admin/v1/tokens",
            "Bearer " + token(),
            "POST",
            "{\"tenant\":\"default\",\"scopes\":["
                + scopes
                + "],\"expiresIn\":\"PT1H\""
                + whose
                + "}",
            "Content-Type",
            "application/json");
    assertThat(created.status()).as(created.body()).isEqualTo(201);
    return "Bearer " + created.text("/token");
  }

  private static String tokenOf(String subject) {
    return tokenOf(subject, "\"scim.read\",\"scim.write\"");
  }

  private static Answer me(String credential, String method, String body, String... headers) {
    return sendTo(scimUrl() + "/Me", credential, method, body, headers);
  }

  @Test
  void everyMethodIsThatOfTheUser() {
    String name = unique("me");
    String id = createUser(name);
    String mine = tokenOf(id);
    String location = scimUrl() + "/Users/" + id;
    Answer got = me(mine, "GET", "");
    assertThat(got.status()).isEqualTo(200);
    assertThat(got.text("/id")).isEqualTo(id);
    assertThat(got.header("Location")).isEqualTo(location);
    assertThat(got.text("/meta/location")).isEqualTo(location);
    assertThat(got.header("ETag")).isEqualTo(get("/Users/" + id).header("ETag"));
    Answer same = me(mine, "GET", "", "If-None-Match", got.header("ETag"));
    assertThat(same.status()).isEqualTo(304);
    assertThat(same.header("Location")).isEqualTo(location);
    assertThat(sendTo(scimUrl() + "/Me?attributes=userName", mine, "GET", "").json().has("meta"))
        .isFalse();

    String body =
        "{\"schemas\":[\"%s\"],\"userName\":\"%s\",\"title\":\"x\"}".formatted(USER, name);
    Answer stale = me(mine, "PUT", body, "If-Match", "W/\"0\"");
    assertScimError(stale, 412, "");
    assertThat(stale.header("Location")).isEqualTo(location);
    Answer put = me(mine, "PUT", body, "If-Match", got.header("ETag"));
    assertThat(put.status()).isEqualTo(200);
    assertThat(put.header("Location")).isEqualTo(location);
    Answer patched =
        me(mine, "PATCH", patchBody("{\"op\":\"replace\",\"path\":\"title\",\"value\":\"y\"}"));
    assertThat(patched.status()).isEqualTo(204);
    assertThat(patched.header("Location")).isEqualTo(location);
    assertThat(get("/Users/" + id).text("/title")).isEqualTo("y");

    assertScimError(me(mine, "POST", body), 409, "uniqueness");
    Answer deleted = me(mine, "DELETE", "");
    assertThat(deleted.status()).isEqualTo(204);
    assertThat(deleted.header("Location")).isEqualTo(location);
    assertThat(get("/Users/" + id).status()).isEqualTo(404);
    assertScimError(me(mine, "GET", ""), 404, "");
  }

  @Test
  void errorsSayTheLocationToo() {
    String id = createUser(unique("errors"));
    String location = scimUrl() + "/Users/" + id;
    String mine = tokenOf(id);
    String reader = tokenOf(id, "\"scim.read\"");
    assertRefusedAt(location, me(mine, "PUT", "nonsense"), 400);
    assertRefusedAt(location, me(mine, "PATCH", patchBody("{}")), 400);
    assertRefusedAt(location, me(mine, "POST", user(unique("twice"))), 409);
    assertRefusedAt(location, me(mine, "GET", "", "Accept", "text/html"), 406);
    assertRefusedAt(location, me(mine, "PROPFIND", ""), 501);
    assertRefusedAt(location, me(reader, "DELETE", ""), 403);
    assertRefusedAt(location, sendTo(scimUrl() + "/M%65", reader, "PUT", "{}"), 403);
    assertRefusedAt(location, sendTo(scimUrl() + "/Me/groups", mine, "POST", "{}"), 405);
    assertThat(me(mine, "OPTIONS", "").header("Location")).isEqualTo(location);
    assertThat(me(mine, "DELETE", "").status()).isEqualTo(204);
    assertRefusedAt(location, me(mine, "GET", ""), 404);
    assertThat(me("Bearer " + token(), "GET", "").header("Location")).isEmpty();
    assertThat(me("Bearer mst_unknown", "GET", "").header("Location")).isEmpty();
  }

  @Test
  void deletedUserIsNotCreatedAgainUnderItsId() {
    String name = unique("revived");
    String id = createUser(name);
    String mine = tokenOf(id);
    assertThat(me(mine, "DELETE", "").status()).isEqualTo(204);
    Answer refused = me(mine, "POST", user(name));
    assertScimError(refused, 404, "");
    assertThat(refused.text("/detail")).contains("deleted");
    assertScimError(get("/Users/" + id), 404, "");
    assertThat(send("POST", "/Users/" + id + "/.restore", "").status()).isEqualTo(200);
    assertThat(me(mine, "GET", "").text("/userName")).isEqualTo(name);
  }

  private static void assertRefusedAt(String location, Answer answer, int status) {
    assertThat(answer.status()).as(answer.body()).isEqualTo(status);
    assertThat(answer.header("Location")).isEqualTo(location);
  }

  @Test
  void subjectThatCanBeNoIdIsRefused() {
    for (String subject : new String[] {"my-BulkId-1", "a/b", ".search", "a?b", "a b"}) {
      Answer refused = me(tokenOf(subject), "POST", user(unique("none")));
      assertScimError(refused, 400, "invalidValue");
    }
  }

  @Test
  void userThatACredentialWasMadeForIsCreatedByIt() {
    String id = unique("s");
    String mine = tokenOf(id);
    assertScimError(me(mine, "GET", ""), 404, "");
    Answer created =
        me(
            mine,
            "POST",
            "{\"schemas\":[\"%s\"],\"userName\":\"%s\"}".formatted(USER, unique("myself")));
    assertThat(created.status()).as(created.body()).isEqualTo(201);
    assertThat(created.text("/id")).isEqualTo(id);
    assertThat(created.header("Location")).isEqualTo(scimUrl() + "/Users/" + id);
    assertThat(me(mine, "GET", "").text("/id")).isEqualTo(id);
  }

  @Test
  void credentialOfNobodyHasNoMe() {
    for (String method : new String[] {"GET", "POST", "PUT", "PATCH", "DELETE"}) {
      String body = method.equals("GET") || method.equals("DELETE") ? "" : "{}";
      assertScimError(me("Bearer " + token(), method, body), 404, "");
    }
    String nobody = tokenOf("no-such-user");
    assertScimError(me(nobody, "GET", ""), 404, "");
    assertScimError(me(nobody, "DELETE", ""), 404, "");
  }

  @Test
  void scopesAreThoseOfUsers() {
    String id = createUser(unique("scoped"));
    String reader = tokenOf(id, "\"scim.read\"");
    assertThat(me(reader, "GET", "").status()).isEqualTo(200);
    assertScimError(me(reader, "DELETE", ""), 403, "");
    assertScimError(me(reader, "PATCH", patchBody("")), 403, "");
    assertThat(get("/Users/" + id).status()).isEqualTo(200);
  }

  @Test
  void unknownPartsOfMeAreNotThere() {
    String mine = tokenOf(createUser(unique("parts")));
    assertScimError(sendTo(scimUrl() + "/Me/members", mine, "GET", ""), 404, "");
    assertScimError(sendTo(scimUrl() + "/Me/a/b", mine, "GET", ""), 404, "");
    assertScimError(me(mine, "PROPFIND", ""), 501, "");
  }
}
