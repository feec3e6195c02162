package org.muster.it.protocol;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** RFC 7644 sections 3.4.1 and 3.9: reading a resource, and choosing its attributes. */
class RetrievingIT extends Protocol {
  @Test
  void unknownIdIsNotFound() {
    assertScimError(get("/Users/2819c223-7f76-453a-919d-413861904646"), 404, "");
  }

  @Test
  void headAnswersAsGetWithoutBody() {
    String id = createUser(unique("head"));
    Answer head = send("HEAD", "/Users/" + id, "");
    assertThat(head.status()).isEqualTo(200);
    assertThat(head.body()).isEmpty();
    assertThat(head.header("ETag")).isEqualTo(get("/Users/" + id).header("ETag"));
  }

  @Test
  void attributesSelectsThemAndWhatIsAlwaysReturned() {
    String id = createUser(unique("sel"));
    Answer answer = get("/Users/" + id + "?attributes=userName");
    assertThat(answer.json().fieldNames())
        .toIterable()
        .containsExactlyInAnyOrder("schemas", "id", "userName");
  }

  @Test
  void subAttributesCanBeSelected() {
    String id =
        post(
                "/Users",
                """
                {"schemas":["%s"],"userName":"%s","name":{"givenName":"Ann","familyName":"Ames"}}"""
                    .formatted(USER, unique("sub")))
            .text("/id");
    Answer answer = get("/Users/" + id + "?attributes=name.familyName");
    assertThat(answer.text("/name/familyName")).isEqualTo("Ames");
    assertThat(answer.json().at("/name/givenName").isMissingNode()).isTrue();
    assertThat(answer.json().has("userName")).isFalse();
  }

  @Test
  void excludedAttributesAreLeftOutButNotTheId() {
    String id = createUser(unique("exc"));
    Answer answer = get("/Users/" + id + "?excludedAttributes=userName,id,meta");
    assertThat(answer.json().has("userName")).isFalse();
    assertThat(answer.json().has("meta")).isFalse();
    assertThat(answer.text("/id")).isEqualTo(id);
  }
}
