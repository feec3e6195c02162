package org.muster.it.protocol;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** RFC 7644 sections 3.5 and 3.6: what PUT, PATCH and DELETE do to one and the same user. */
class ChangingIT extends Protocol {
  private String name = "";
  private String path = "";

  @BeforeEach
  void somebody() {
    name = unique("chg");
    Answer created =
        post(
            "/Users",
            """
            {"schemas":["%1$s","%2$s"],"userName":"%3$s","title":"T","nickName":"N",
             "name":{"givenName":"G","familyName":"F"},
             "emails":[{"value":"w@example.com","type":"work","primary":true},
                       {"value":"h@example.com","type":"home"}],
             "%2$s":{"division":"D"}}"""
                .formatted(USER, ENTERPRISE, name));
    assertThat(created.status()).as(created.body()).isEqualTo(201);
    path = "/Users/" + created.text("/id");
  }

  private Answer patched(String operations) {
    Answer answer = patch(path, patchBody(operations));
    assertThat(answer.status()).as(answer.body()).isEqualTo(204);
    return get(path);
  }

  private String body(String more) {
    return "{\"schemas\":[\"%s\"],\"userName\":\"%s\"%s}".formatted(USER, name, more);
  }

  @Test
  void putMustHaveWhatIsRequired() {
    Answer before = get(path);
    assertScimError(
        put(path, "{\"schemas\":[\"%s\"],\"title\":\"X\"}".formatted(USER)), 400, "invalidValue");
    assertThat(get(path).json()).isEqualTo(before.json());
  }

  @Test
  void putClearsByNullByEmptyListAndByAbsence() {
    Answer put = put(path, body(",\"title\":null,\"emails\":[]"));
    assertThat(put.status()).isEqualTo(200);
    assertThat(put.json().fieldNames())
        .toIterable()
        .containsExactlyInAnyOrder("schemas", "id", "userName", "meta");
  }

  @Test
  void putIgnoresWhatIsReadOnly() {
    Answer before = get(path);
    Answer put =
        put(
            path,
            body(
                ",\"id\":\"other\",\"groups\":[{\"value\":\"x\"}],"
                    + "\"meta\":{\"resourceType\":\"Group\",\"created\":\"1999-01-01T00:00:00Z\"}"));
    assertThat(put.status()).isEqualTo(200);
    assertThat(put.text("/id")).isEqualTo(before.text("/id"));
    assertThat(put.json().has("groups")).isFalse();
    assertThat(put.text("/meta/created")).isEqualTo(before.text("/meta/created"));
    assertThat(put.text("/meta/resourceType")).isEqualTo("User");
  }

  @Test
  void putCreatesNothing() {
    String id = "2819c223-7f76-453a-919d-413861904646";
    String other = unique("new");
    assertScimError(
        put("/Users/" + id, "{\"schemas\":[\"%s\"],\"userName\":\"%s\"}".formatted(USER, other)),
        404,
        "");
    assertThat(get("/Users/" + id).status()).isEqualTo(404);
    assertThat(filter("/Users", "userName eq \"" + other + "\"").number("/totalResults")).isZero();
  }

  @Test
  void takenNameIsRefusedByPutAndPatch() {
    String taken = unique("taken");
    createUser(taken);
    Answer before = get(path);
    assertScimError(
        put(path, "{\"schemas\":[\"%s\"],\"userName\":\"%s\"}".formatted(USER, taken)),
        409,
        "uniqueness");
    assertScimError(
        patch(
            path,
            patchBody(
                "{\"op\":\"replace\",\"path\":\"userName\",\"value\":\"%s\"}".formatted(taken))),
        409,
        "uniqueness");
    assertThat(get(path).json()).isEqualTo(before.json());
  }

  @Test
  void successfulPatchIs200WithTheWholeResourceOr204() {
    String operation = patchBody("{\"op\":\"replace\",\"path\":\"title\",\"value\":\"%s\"}");
    Answer none = patch(path, operation.formatted("U"));
    assertThat(none.status()).isEqualTo(204);
    assertThat(none.header("ETag")).isEqualTo(get(path).header("ETag"));
    Answer some = patch(path + "?attributes=userName,title", operation.formatted("V"));
    assertThat(some.status()).isEqualTo(200);
    assertThat(some.text("/title")).isEqualTo("V");
    assertThat(some.text("/userName")).isEqualTo(name);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"op\":\"add\",\"path\":\"title\",\"value\":\"T\"}",
        "{\"op\":\"add\",\"path\":\"emails\",\"value\":[{\"value\":\"h@example.com\",\"type\":\"home\"}]}",
        "{\"op\":\"add\",\"path\":\"name\",\"value\":{\"givenName\":\"G\"}}",
        "{\"op\":\"add\",\"value\":{\"nickName\":\"N\",\"name\":{\"familyName\":\"F\"}}}",
        "{\"op\":\"add\",\"path\":\"title\",\"value\":\"U\"},{\"op\":\"add\",\"path\":\"title\",\"value\":\"T\"}",
      })
  void addingWhatIsThereChangesNothing(String operations) {
    Answer before = get(path);
    assertThat(patched(operations).json()).isEqualTo(before.json());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          {"op":"remove","path":"title"}                                  | title
          {"op":"remove","path":"name"}                                   | name
          {"op":"remove","path":"emails"}                                 | emails
          {"op":"remove","path":"emails[type pr]"}                        | emails
          {"op":"remove","path":"name.givenName"},{"op":"remove","path":"name.familyName"} | name
          {"op":"remove","path":"urn:ietf:params:scim:schemas:extension:enterprise:2.0:User:division"} | urn:ietf:params:scim:schemas:extension:enterprise:2.0:User
          {"op":"replace","path":"title","value":null}                    | title
          {"op":"replace","path":"emails","value":[]}                     | emails
          """)
  void whatIsRemovedIsUnassigned(String operations, String attribute) {
    Answer read = patched(operations);
    assertThat(read.json().has(attribute)).isFalse();
    String left = attribute.equals("title") ? "nickName" : "title";
    assertThat(read.json().has(left)).isTrue();
    String own = " and id eq \"" + read.text("/id") + "\"";
    if (!attribute.equals(ENTERPRISE)) {
      assertThat(ids(filter("/Users", "not (" + attribute + " pr)" + own))).hasSize(1);
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"op\":\"remove\",\"path\":\"userName\"}",
        "{\"op\":\"replace\",\"path\":\"userName\",\"value\":null}",
        "{\"op\":\"replace\",\"value\":{\"userName\":null}}",
        "{\"op\":\"remove\",\"path\":\"id\"}",
        "{\"op\":\"remove\",\"path\":\"meta\"}",
        "{\"op\":\"remove\",\"path\":\"meta.created\"}",
        "{\"op\":\"remove\",\"path\":\"schemas\"}",
        "{\"op\":\"add\",\"path\":\"groups\",\"value\":[{\"value\":\"x\"}]}",
      })
  void requiredAndReadOnlyAttributesAreNotRemoved(String operation) {
    Answer before = get(path);
    assertScimError(patch(path, patchBody(operation)), 400, "mutability");
    assertThat(get(path).json()).isEqualTo(before.json());
  }

  @Test
  void replaceOfWhatIsNotThereAddsIt() {
    Answer read =
        patched(
            "{\"op\":\"replace\",\"path\":\"preferredLanguage\",\"value\":\"de\"},"
                + "{\"op\":\"replace\",\"path\":\"phoneNumbers\",\"value\":[{\"value\":\"1\"}]},"
                + "{\"op\":\"replace\",\"path\":\"name.middleName\",\"value\":\"M\"}");
    assertThat(read.text("/preferredLanguage")).isEqualTo("de");
    assertThat(read.text("/phoneNumbers/0/value")).isEqualTo("1");
    assertThat(read.text("/name/middleName")).isEqualTo("M");
    assertThat(read.text("/name/givenName")).isEqualTo("G");
  }

  @Test
  void replaceWithoutPathReplacesTheAttributesThatItNames() {
    Answer read =
        patched(
            "{\"op\":\"replace\",\"value\":{\"title\":\"U\",\"emails\":[{\"value\":\"n@example.com\"}]}}");
    assertThat(read.text("/title")).isEqualTo("U");
    assertThat(read.json().get("emails")).hasSize(1);
    assertThat(read.text("/nickName")).isEqualTo("N");
  }

  @Test
  void replaceOfSelectedValuesReplacesAllOfThem() {
    Answer read =
        patched("{\"op\":\"replace\",\"path\":\"emails[type pr].display\",\"value\":\"X\"}");
    assertThat(read.json().get("emails"))
        .hasSize(2)
        .allSatisfy(mail -> assertThat(mail.get("display").asText()).isEqualTo("X"));
  }

  @Test
  void newPrimaryTakesTheMarkFromTheOther() {
    Answer read =
        patched(
            "{\"op\":\"add\",\"path\":\"emails[type eq \\\"home\\\"].primary\",\"value\":true}");
    for (JsonNode mail : read.json().get("emails")) {
      assertThat(mail.path("primary").asBoolean())
          .isEqualTo(mail.get("type").asText().equals("home"));
    }
  }

  @Test
  void schemasFollowTheExtensionsThatOperationsFillAndEmpty() {
    Answer without = patched("{\"op\":\"remove\",\"path\":\"" + ENTERPRISE + "\"}");
    assertThat(without.json().get("schemas")).hasSize(1);
    Answer with =
        patched(
            "{\"op\":\"add\",\"path\":\"schemas\",\"value\":[\"%1$s\"]},{\"op\":\"add\",\"path\":\"%1$s:costCenter\",\"value\":\"C\"}"
                .formatted(ENTERPRISE));
    assertThat(with.json().get("schemas")).extracting(JsonNode::asText).contains(ENTERPRISE);
    assertThat(with.json().get(ENTERPRISE).get("costCenter").asText()).isEqualTo("C");
    assertScimError(
        patch(
            path,
            patchBody("{\"op\":\"add\",\"path\":\"schemas\",\"value\":[\"urn:example:unknown\"]}")),
        400,
        "invalidValue");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"path\":\"title\",\"value\":\"x\"}",
        "{\"op\":5,\"path\":\"title\",\"value\":\"x\"}",
        "{\"op\":\"move\",\"path\":\"title\",\"value\":\"x\"}",
        "{\"op\":\"add\",\"op\":\"remove\",\"path\":\"title\"}",
      })
  void operationNeedsOneOpThatIsKnown(String operation) {
    assertScimError(patch(path, patchBody(operation)), 400, "invalidSyntax");
  }

  @Test
  void removeNeedsAPathAndAddAValue() {
    assertScimError(patch(path, patchBody("{\"op\":\"remove\"}")), 400, "noTarget");
    assertScimError(
        patch(path, patchBody("{\"op\":\"add\",\"path\":\"title\"}")), 400, "invalidValue");
  }

  @Test
  void deletedUserIsNotFoundByAnyMethod() {
    assertThat(send("DELETE", path, "").status()).isEqualTo(204);
    assertScimError(get(path), 404, "");
    assertThat(send("HEAD", path, "").status()).isEqualTo(404);
    assertScimError(put(path, body("")), 404, "");
    assertScimError(patch(path, patchBody("{\"op\":\"remove\",\"path\":\"title\"}")), 404, "");
    assertScimError(send("DELETE", path, ""), 404, "");
    String id = path.substring("/Users/".length());
    assertThat(ids(filter("/Users", "id eq \"" + id + "\""))).isEmpty();
    assertThat(post("/Users", body("")).status()).isEqualTo(201);
  }
}
