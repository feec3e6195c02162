package org.muster.it.protocol;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** RFC 7644 section 3.5.2: changing. */
class PatchingIT extends Protocol {
  private String id = "";

  @BeforeEach
  void somebody() {
    id =
        post(
                "/Users",
                """
                {"schemas":["%s"],"userName":"%s","active":true,"name":{"familyName":"Ames"},
                 "emails":[{"value":"a@work.example","type":"work","primary":true},
                           {"value":"a@home.example","type":"home"}]}"""
                    .formatted(USER, unique("patch")))
            .text("/id");
  }

  private Answer patchUser(String operations) {
    return patch("/Users/" + id, patchBody(operations));
  }

  @Test
  void patchAnswersWithoutBodyAndWithTheNewVersion() {
    Answer answer = patchUser("{\"op\":\"replace\",\"path\":\"active\",\"value\":false}");
    assertThat(answer.status()).as(answer.body()).isEqualTo(204);
    assertThat(answer.body()).isEmpty();
    Answer read = get("/Users/" + id);
    assertThat(read.header("ETag")).isEqualTo(answer.header("ETag"));
    assertThat(read.json().get("active").asBoolean()).isFalse();
  }

  @Test
  void patchAnswersWithBodyWhenAttributesAreAskedFor() {
    Answer answer =
        patch(
            "/Users/" + id + "?attributes=title",
            patchBody("{\"op\":\"add\",\"path\":\"title\",\"value\":\"Chief\"}"));
    assertThat(answer.status()).isEqualTo(200);
    assertThat(answer.text("/title")).isEqualTo("Chief");
    assertThat(answer.json().has("userName")).isFalse();
  }

  @Test
  void allOperationsTogetherOrNone() {
    Answer before = get("/Users/" + id);
    Answer answer =
        patchUser(
            """
            {"op":"replace","path":"title","value":"Chief"},
            {"op":"replace","path":"emails[type eq \\"other\\"].value","value":"x@example.com"}""");
    assertScimError(answer, 400, "noTarget");
    assertThat(get("/Users/" + id).json()).isEqualTo(before.json());
  }

  @Test
  void newPrimaryClearsTheOldOne() {
    patchUser(
        "{\"op\":\"add\",\"path\":\"emails\",\"value\":[{\"value\":\"n@example.com\",\"primary\":true}]}");
    Answer read = get("/Users/" + id);
    assertThat(read.json().get("emails"))
        .filteredOn(mail -> mail.path("primary").asBoolean(false))
        .extracting(mail -> mail.get("value").asText())
        .containsExactly("n@example.com");
    assertThat(read.json().get("emails")).hasSize(3);
  }

  @Test
  void valueFilterSelectsWhatIsRemoved() {
    patchUser("{\"op\":\"remove\",\"path\":\"emails[type eq \\\"home\\\"]\"}");
    assertThat(get("/Users/" + id).json().get("emails")).hasSize(1);
  }

  @Test
  void pathLessValueSetsSeveralAttributesAndExtensions() {
    Answer answer =
        patchUser(
            "{\"op\":\"add\",\"value\":{\"nickName\":\"Nick\",\"name\":{\"givenName\":\"Ann\"},\"%s\":{\"department\":\"Tours\"}}}"
                .formatted(ENTERPRISE));
    assertThat(answer.status()).as(answer.body()).isEqualTo(204);
    Answer read = get("/Users/" + id);
    assertThat(read.text("/nickName")).isEqualTo("Nick");
    assertThat(read.text("/name/givenName")).isEqualTo("Ann");
    assertThat(read.text("/name/familyName")).isEqualTo("Ames");
    assertThat(read.json().get(ENTERPRISE).get("department").asText()).isEqualTo("Tours");
    assertThat(read.json().get("schemas")).extracting(n -> n.asText()).contains(ENTERPRISE);
  }

  @Test
  void managerIsSetAndRemovedByUrnPath() {
    String boss = createUser(unique("boss"));
    assertThat(
            patchUser(
                    "{\"op\":\"add\",\"path\":\"%s:manager\",\"value\":{\"value\":\"%s\"}}"
                        .formatted(ENTERPRISE, boss))
                .status())
        .isEqualTo(204);
    assertThat(get("/Users/" + id).json().get(ENTERPRISE).at("/manager/value").asText())
        .isEqualTo(boss);
    patchUser("{\"op\":\"remove\",\"path\":\"%s:manager\"}".formatted(ENTERPRISE));
    assertThat(get("/Users/" + id).json().has(ENTERPRISE)).isFalse();
  }

  @Test
  void operationThatChangesNothingKeepsTheVersion() {
    Answer before = get("/Users/" + id);
    Answer answer = patchUser("{\"op\":\"replace\",\"path\":\"active\",\"value\":true}");
    assertThat(answer.status()).isEqualTo(204);
    assertThat(get("/Users/" + id).json()).isEqualTo(before.json());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          {"op":"replace","path":"nonsense","value":1}                  | invalidPath
          {"op":"replace","path":"emails[type eq","value":1}            | invalidFilter
          {"op":"replace","path":"id","value":"x"}                      | mutability
          {"op":"replace","path":"groups","value":[]}                   | mutability
          {"op":"remove"}                                               | noTarget
          {"op":"remove","path":"userName"}                             | mutability
          {"op":"replace","path":"active","value":"perhaps"}            | invalidValue
          {"op":"replace","path":"userName","value":""}                 | invalidValue
          {"op":"destroy","path":"title"}                               | invalidSyntax
          {"op":"add","path":"title"}                                   | invalidValue
          {"op":"replace","path":"name","value":5}                      | invalidValue
          """)
  void failuresSayWhatIsWrong(String operation, String scimType) {
    Answer before = get("/Users/" + id);
    assertScimError(patchUser(operation), 400, scimType);
    assertThat(get("/Users/" + id).json()).isEqualTo(before.json());
  }

  @Test
  void bodyWithoutOperationsIsInvalidSyntax() {
    assertScimError(
        patch("/Users/" + id, "{\"schemas\":[\"" + PATCH + "\"]}"), 400, "invalidSyntax");
    assertScimError(patchUser(""), 400, "invalidSyntax");
    assertScimError(
        patch("/Users/" + id, "{\"Operations\":[{\"op\":\"remove\",\"path\":\"title\"}]}"),
        400,
        "invalidSyntax");
  }

  @Test
  void membersAreAddedAndRemovedInAllForms() {
    String bob = createUser(unique("bob"));
    String group = createGroup(unique("grp"));
    String path = "/Groups/" + group;
    patch(
        path,
        patchBody(
            "{\"op\":\"add\",\"path\":\"members\",\"value\":[{\"value\":\"%s\"},{\"value\":\"%s\"}]}"
                .formatted(id, bob)));
    assertThat(members(group)).containsExactlyInAnyOrder(id, bob);
    patch(
        path,
        patchBody("{\"op\":\"remove\",\"path\":\"members[value eq \\\"%s\\\"]\"}".formatted(bob)));
    assertThat(members(group)).containsExactly(id);
    patch(
        path,
        patchBody("{\"op\":\"add\",\"value\":{\"members\":[{\"value\":\"%s\"}]}}".formatted(bob)));
    assertThat(members(group)).containsExactlyInAnyOrder(id, bob);
    patch(
        path,
        patchBody(
            "{\"op\":\"remove\",\"path\":\"members\",\"value\":[{\"value\":\"%s\"}]}"
                .formatted(id)));
    assertThat(members(group)).containsExactly(bob);
    patch(
        path,
        patchBody(
            "{\"op\":\"replace\",\"path\":\"members\",\"value\":[{\"value\":\"%s\"}]}"
                .formatted(id)));
    assertThat(members(group)).containsExactly(id);
    patch(path, patchBody("{\"op\":\"remove\",\"path\":\"members[type eq \\\"User\\\"]\"}"));
    assertThat(members(group)).isEmpty();
    patch(
        path,
        patchBody(
            "{\"op\":\"add\",\"path\":\"members\",\"value\":{\"value\":\"%s\"}}".formatted(id)));
    patch(path, patchBody("{\"op\":\"remove\",\"path\":\"members\"}"));
    assertThat(members(group)).isEmpty();
  }

  @Test
  void unknownMemberChangesNothing() {
    String group = createGroup(unique("grp"), id);
    Answer before = get("/Groups/" + group);
    assertScimError(
        patch(
            "/Groups/" + group,
            patchBody("{\"op\":\"add\",\"path\":\"members\",\"value\":[{\"value\":\"ghost\"}]}")),
        400,
        "invalidValue");
    assertThat(get("/Groups/" + group).json()).isEqualTo(before.json());
  }
}
