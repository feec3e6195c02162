package org.muster.it.protocol;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** RFC 7644 sections 2, 3.12 and 3.14: status codes, what errors say, and entity tags. */
class StatusesIT extends Protocol {
  @Test
  void unknownMethodIsNotImplementedAndKnownOnesAreListed() {
    assertScimError(send("PURGE", "/Users", ""), 501, "");
    Answer refused = send("DELETE", "/Users", "");
    assertScimError(refused, 405, "");
    assertThat(refused.header("Allow")).contains("GET", "POST").doesNotContain("DELETE");
  }

  @Test
  void traceIsRefusedWithWhatIsAllowedThere() {
    Answer users = send("TRACE", "/Users", "");
    assertScimError(users, 405, "");
    assertThat(users.header("Allow")).isEqualTo("GET, HEAD, POST, OPTIONS");
    assertThat(send("TRACE", "/Bulk", "").header("Allow")).isEqualTo("POST, OPTIONS");
    Answer tokens = sendTo(serverUrl() + "/admin/v1/tokens", "Bearer " + token(), "TRACE", "");
    assertThat(tokens.status()).isEqualTo(405);
    assertThat(tokens.header("Allow")).contains("GET", "POST").doesNotContain("TRACE");
  }

  @Test
  void errorHasOnlyTheMembersOfTheRfcAndItsStatusAsText() {
    Answer answer = filter("/Users", "nonsense");
    assertScimError(answer, 400, "invalidFilter");
    assertThat(answer.json().fieldNames())
        .toIterable()
        .containsExactlyInAnyOrder("schemas", "status", "scimType", "detail");
    Answer missing = get("/Users/nobody");
    assertThat(missing.json().fieldNames())
        .toIterable()
        .containsExactlyInAnyOrder("schemas", "status", "detail");
  }

  @Test
  void challengeNamesTheSchemeOfTheConfiguration() {
    assertThat(sendAs("", "GET", "/Users", "").header("WWW-Authenticate"))
        .startsWith("Bearer realm=");
    assertThat(sendAs("Bearer wrong", "GET", "/Users", "").header("WWW-Authenticate"))
        .contains("error=\"invalid_token\"");
  }

  @Test
  void anonymousRequestsChangeNothing() {
    String name = unique("anon");
    String body = "{\"schemas\":[\"%s\"],\"userName\":\"%s\"}".formatted(USER, name);
    assertScimError(sendAs("", "POST", "/Users", body), 401, "");
    assertThat(filter("/Users", "userName eq \"" + name + "\"").number("/totalResults")).isZero();
  }

  @Test
  void tokenExpires() throws InterruptedException {
    Answer token =
        sendTo(
            serverUrl() + "/admin/v1/tokens",
            "Bearer " + token(),
            "POST",
            "{\"tenant\":\"default\",\"scopes\":[\"scim.read\"],\"expiresIn\":\"PT2S\"}",
            "Content-Type",
            "application/json");
    assertThat(token.status()).as(token.body()).isEqualTo(201);
    String credential = "Bearer " + token.text("/token");
    assertThat(sendAs(credential, "GET", "/Users?count=0", "").status()).isEqualTo(200);
    Thread.sleep(2_500);
    assertScimError(sendAs(credential, "GET", "/Users?count=0", ""), 401, "");
  }

  @Test
  void tagIsWeakIsInHeaderAndMetaAndChangesWithTheResource() {
    String name = unique("tag");
    String path = "/Users/" + createUser(name);
    Answer before = get(path);
    assertThat(before.header("ETag")).startsWith("W/\"").isEqualTo(before.text("/meta/version"));
    Answer put =
        put(
            path,
            "{\"schemas\":[\"%s\"],\"userName\":\"%s\",\"title\":\"T\"}".formatted(USER, name));
    assertThat(put.header("ETag"))
        .isEqualTo(put.text("/meta/version"))
        .isNotEqualTo(before.header("ETag"));
    assertThat(send("GET", path, "", "If-None-Match", put.header("ETag")).status()).isEqualTo(304);
    assertThat(send("GET", path, "", "If-None-Match", before.header("ETag")).status())
        .isEqualTo(200);
  }
}
