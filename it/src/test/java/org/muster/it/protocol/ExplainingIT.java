package org.muster.it.protocol;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Explanations of requests; they change nothing. */
class ExplainingIT extends Protocol {
  @Test
  void nothingIsChangedByExplainingWrites() {
    String name = unique("explained");
    String member = createUser(name);
    String group = createGroup(unique("group"), member);
    Answer user = get("/Users/" + member);
    Answer before = get("/Groups/" + group);

    String fresh = unique("fresh");
    String body = "{\"schemas\":[\"%s\"],\"userName\":\"%s\"%s}";
    Answer created = explain("POST", "/Users", body.formatted(USER, fresh, ""));
    assertThat(created.at("/outcome/status").asInt()).isEqualTo(201);
    assertThat(created.text("/body/userName")).isEqualTo(fresh);
    Answer replaced =
        explain("PUT", "/Users/" + member, body.formatted(USER, fresh, ",\"title\":\"Dr\""));
    assertThat(replaced.at("/outcome/status").asInt()).isEqualTo(200);
    assertThat(replaced.text("/body/title")).isEqualTo("Dr");
    Answer patched =
        explain(
            "PATCH",
            "/Groups/" + group,
            patchBody("{\"op\":\"remove\",\"path\":\"members[value eq \\\"" + member + "\\\"]\"}"));
    assertThat(patched.at("/outcome/status").asInt()).isEqualTo(204);
    assertThat(patched.at("/outcome/changes").asBoolean()).isTrue();
    for (String path : List.of("/Users/" + member, "/Groups/" + group)) {
      Answer deleted = explain("DELETE", path, "");
      assertThat(deleted.at("/outcome/status").asInt()).isEqualTo(204);
    }

    assertThat(ids(filter("/Users", "userName eq \"" + fresh + "\""))).isEmpty();
    assertUnchanged("/Users/" + member, user);
    assertUnchanged("/Groups/" + group, before);
  }

  @Test
  void explanationForetellsTheAnswer() {
    String id = createUser(unique("foretold"));
    String path = "/Users/" + id;
    for (String operation :
        List.of(
            "{\"op\":\"add\",\"path\":\"title\",\"value\":\"Dr\"}",
            "{\"op\":\"remove\",\"path\":\"userName\"}",
            "{\"op\":\"replace\",\"path\":\"emails[type eq \\\"x\\\"].value\",\"value\":\"y\"}",
            "{\"op\":\"replace\",\"path\":\"id\",\"value\":\"y\"}",
            "{\"op\":\"replace\",\"path\":\"colour\",\"value\":\"y\"}",
            "{\"op\":\"jump\"}")) {
      Answer told = explain("PATCH", path, patchBody(operation));
      Answer done = patch(path, patchBody(operation));
      assertThat(told.at("/outcome/status").asInt()).as(operation).isEqualTo(done.status());
      if (done.status() >= 400) {
        assertThat(told.text("/outcome/scimType")).isEqualTo(done.text("/scimType"));
        assertThat(told.text("/outcome/detail")).isEqualTo(done.text("/detail"));
      }
    }
  }

  @Test
  void searchIsExplainedByItsParameters() {
    Answer told =
        ask(
            "{\"method\":\"GET\",\"path\":\"/Users?count=5\",\"query\":{\"filter\":"
                + "\"userName eq \\\"ä\\\" and title pr\",\"sortBy\":\"userName\"}}");
    assertThat(told.status()).as(told.body()).isEqualTo(200);
    assertThat(told.contentType()).isEqualTo("application/json");
    assertThat(told.text("/filter/text")).isEqualTo("userName eq \"ä\" and title pr");
    assertThat(told.text("/filter/answeredBy")).isEqualTo("index-then-scan");
    assertThat(told.at("/request/parameters/count").asInt()).isEqualTo(5);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "[]",
        "{}",
        "{\"method\":\"GET\"}",
        "{\"method\":1,\"path\":\"/Users\"}",
        "{\"method\":\"GET\",\"path\":\"Users\"}",
        "{\"method\":\"GET\",\"path\":\"/scim/v2/Users\"}",
        "{\"method\":\"GET\",\"path\":\"/Users\\u0000\"}",
        "{\"method\":\"GET\",\"path\":\"/Users ä\"}",
        "{\"method\":\"GET\",\"path\":\"/Users\",\"query\":[]}",
        "{\"method\":\"GET\",\"path\":\"/Users\",\"query\":{\"filter\":{}}}",
        "{\"method\":\"GET\",\"path\":\"/Users\",\"headers\":\"x\"}",
        "{\"method\":\"GET\",\"path\":\"/Users\",\"more\":1}",
        "{\"method\":\"GET\",\"method\":\"GET\",\"path\":\"/Users\"}"
      })
  void badDescriptionsAreProblems(String body) {
    Answer answer = ask(body);
    assertThat(answer.status()).as(answer.body()).isEqualTo(400);
    assertThat(answer.contentType()).isEqualTo("application/problem+json");
    assertThat(answer.body()).doesNotContainPattern("(?i)exception|org\\.muster|select ");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"method\":\"TRACE\",\"path\":\"/Users\"}",
        "{\"method\":\"get\",\"path\":\"/Users\"}",
        "{\"method\":\"GET\",\"path\":\"/\"}",
        "{\"method\":\"GET\",\"path\":\"//\"}",
        "{\"method\":\"GET\",\"path\":\"/Bulk\"}",
        "{\"method\":\"GET\",\"path\":\"/Nothing/%00\"}",
        "{\"method\":\"GET\",\"path\":\"/Users/%zz\"}",
        "{\"method\":\"GET\",\"path\":\"/Users/$secret\"}",
        "{\"method\":\"GET\",\"path\":\"/Users?filter=%00\"}",
        "{\"method\":\"GET\",\"path\":\"/Users?filter=password+pr\"}",
        "{\"method\":\"GET\",\"path\":\"/Users?cursor=x\"}",
        "{\"method\":\"GET\",\"path\":\"/Users\",\"headers\":{\"Accept\":\"text/html\"}}",
        "{\"method\":\"POST\",\"path\":\"/Users\"}",
        "{\"method\":\"POST\",\"path\":\"/Users\",\"body\":[]}",
        "{\"method\":\"POST\",\"path\":\"/Users\",\"body\":{\"schemas\":1}}",
        "{\"method\":\"POST\",\"path\":\"/Users/.search\",\"body\":{}}",
        "{\"method\":\"PUT\",\"path\":\"/Users\",\"body\":{}}",
        "{\"method\":\"PATCH\",\"path\":\"/Users/x\",\"body\":{\"Operations\":[1]}}",
        "{\"method\":\"DELETE\",\"path\":\"/Users/x\",\"headers\":{\"If-Match\":\"5\"}}"
      })
  void errorsOfTheRequestAreExplained(String body) {
    Answer answer = ask(body);
    assertThat(answer.status()).as(answer.body()).isEqualTo(200);
    assertThat(answer.at("/outcome/status").asInt()).as(answer.body()).isBetween(400, 501);
    assertThat(answer.text("/outcome/detail")).isNotBlank();
    assertThat(answer.body()).doesNotContainPattern("(?i)exception|org\\.muster|select ");
  }

  @Test
  void explanationsAreForAdministrators() {
    String body = "{\"method\":\"GET\",\"path\":\"/Users\"}";
    OwnTenant own = OwnTenant.create(server(), unique("explain").replace('_', '-'));
    String other =
        "Bearer "
            + OwnTenant.issue(server(), own.id(), List.of("scim.read"))
                .json()
                .path("token")
                .asText();
    assertThat(ask("", own.id(), body).status()).isEqualTo(401);
    assertThat(ask(other, own.id(), body).status()).isEqualTo(403);
    assertThat(ask("Bearer " + own.token(), own.id(), body).status()).isEqualTo(200);
    assertThat(ask("Bearer " + own.token(), "default", body).status()).isEqualTo(404);
    assertThat(ask("Bearer " + token(), own.id(), body).status()).isEqualTo(200);
    for (String tenant : List.of("nobody", "DEFAULT", "%20", "'")) {
      assertThat(ask("Bearer " + token(), tenant, body).status()).isIn(400, 404);
    }
  }

  private static void assertUnchanged(String path, Answer before) {
    Answer now = get(path);
    assertThat(now.json()).isEqualTo(before.json());
    assertThat(now.header("ETag")).isEqualTo(before.header("ETag"));
  }

  private static Answer explain(String method, String path, String body) {
    Answer answer =
        ask(
            "{\"method\":\"%s\",\"path\":\"%s\"%s}"
                .formatted(method, path, body.isEmpty() ? "" : ",\"body\":" + body));
    assertThat(answer.status()).as(answer.body()).isEqualTo(200);
    return answer;
  }

  private static Answer ask(String body) {
    return ask("Bearer " + token(), "default", body);
  }

  private static Answer ask(String credential, String tenant, String body) {
    return sendTo(
        serverUrl() + "/admin/v1/tenants/" + tenant + "/.explain",
        credential,
        "POST",
        body,
        "Content-Type",
        "application/json");
  }
}
