package org.muster.it.protocol;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** RFC 7644 section 3.3: creating resources. */
class CreatingIT extends Protocol {
  @Test
  void createdUserIsReturnedWithLocationVersionAndMeta() {
    String name = unique("ann");
    Answer created =
        post(
            "/Users",
            """
            {"schemas":["%s"],"userName":"%s","externalId":"x-1",
             "emails":[{"value":"ann@example.com","type":"work","primary":true}]}"""
                .formatted(USER, name));
    assertThat(created.status()).isEqualTo(201);
    assertThat(created.contentType()).isEqualTo("application/scim+json");
    String id = created.text("/id");
    assertThat(created.header("Location")).isEqualTo(scimUrl() + "/Users/" + id);
    assertThat(created.text("/meta/location")).isEqualTo(created.header("Location"));
    assertThat(created.header("ETag")).startsWith("W/\"").isEqualTo(created.text("/meta/version"));
    assertThat(created.text("/meta/resourceType")).isEqualTo("User");
    assertThat(created.text("/meta/created")).isEqualTo(created.text("/meta/lastModified"));
    assertThat(created.text("/userName")).isEqualTo(name);
    assertThat(get("/Users/" + id).json()).isEqualTo(created.json());
  }

  @Test
  void userNameIsUniqueWhateverItsCase() {
    String name = unique("straße");
    createUser(name);
    Answer second =
        post(
            "/Users",
            "{\"schemas\":[\"%s\"],\"userName\":\"%s\"}"
                .formatted(USER, name.replace("straße", "STRASSE")));
    assertThat(second.status()).isEqualTo(409);
    assertThat(second.text("/scimType")).isEqualTo("uniqueness");
    assertThat(second.text("/status")).isEqualTo("409");
  }

  @Test
  void readOnlyAttributesAreIgnored() {
    Answer created =
        post(
            "/Users",
            """
            {"schemas":["%s"],"userName":"%s","id":"mine","meta":{"resourceType":"Nonsense"},
             "groups":[{"value":"nobody"}]}"""
                .formatted(USER, unique("ro")));
    assertThat(created.status()).isEqualTo(201);
    assertThat(created.text("/id")).isNotEqualTo("mine");
    assertThat(created.text("/meta/resourceType")).isEqualTo("User");
    assertThat(created.json().has("groups")).isFalse();
  }

  @Test
  void passwordIsNeverReturned() {
    Answer created =
        post(
            "/Users",
            "{\"schemas\":[\"%s\"],\"userName\":\"%s\",\"password\":\"t1meMa$heen\"}"
                .formatted(USER, unique("pw")));
    assertThat(created.status()).isEqualTo(201);
    assertThat(created.body()).doesNotContain("t1meMa").doesNotContain("password");
    assertThat(get("/Users/" + created.text("/id") + "?attributes=password").body())
        .doesNotContain("t1meMa")
        .doesNotContain("\"password\"");
  }

  @Test
  void missingRequiredAttributeIsInvalidValue() {
    assertScimError(post("/Users", "{\"schemas\":[\"%s\"]}".formatted(USER)), 400, "invalidValue");
  }

  @Test
  void twoPrimariesAreInvalidValue() {
    Answer answer =
        post(
            "/Users",
            """
            {"schemas":["%s"],"userName":"%s","emails":[
              {"value":"a@example.com","primary":true},{"value":"b@example.com","primary":true}]}"""
                .formatted(USER, unique("two")));
    assertScimError(answer, 400, "invalidValue");
  }

  @Test
  void memberThatDoesNotExistIsInvalidValueAndNothingIsCreated() {
    String name = unique("ghosts");
    Answer answer =
        post(
            "/Groups",
            "{\"schemas\":[\"%s\"],\"displayName\":\"%s\",\"members\":[{\"value\":\"ghost\"}]}"
                .formatted(GROUP, name));
    assertScimError(answer, 400, "invalidValue");
    assertThat(filter("/Groups", "displayName eq \"" + name + "\"").number("/totalResults"))
        .isZero();
  }

  @Test
  void managerThatDoesNotExistIsInvalidValue() {
    Answer answer =
        post(
            "/Users",
            "{\"schemas\":[\"%s\",\"%s\"],\"userName\":\"%s\",\"%s\":{\"manager\":{\"value\":\"ghost\"}}}"
                .formatted(USER, ENTERPRISE, unique("boss"), ENTERPRISE));
    assertScimError(answer, 400, "invalidValue");
  }

  @Test
  void managerIsShownWithNameAndReference() {
    String boss = createUser(unique("boss"));
    Answer created =
        post(
            "/Users",
            "{\"schemas\":[\"%s\",\"%s\"],\"userName\":\"%s\",\"%s\":{\"employeeNumber\":\"7\",\"manager\":{\"value\":\"%s\"}}}"
                .formatted(USER, ENTERPRISE, unique("worker"), ENTERPRISE, boss));
    assertThat(created.status()).isEqualTo(201);
    Answer read = get("/Users/" + created.text("/id"));
    assertThat(read.json().get(ENTERPRISE).at("/manager/value").asText()).isEqualTo(boss);
    assertThat(read.json().get(ENTERPRISE).at("/manager/$ref").asText()).endsWith("/Users/" + boss);
    assertThat(read.json().get(ENTERPRISE).at("/employeeNumber").asText()).isEqualTo("7");
  }
}
