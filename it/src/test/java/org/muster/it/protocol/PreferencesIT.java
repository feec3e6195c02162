package org.muster.it.protocol;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** RFC 7240: how much of a written resource the client wants to see. */
class PreferencesIT extends Protocol {
  private static String body(String name) {
    return "{\"schemas\":[\"%s\"],\"userName\":\"%s\"}".formatted(USER, name);
  }

  private static final String CHANGE =
      patchBody("{\"op\":\"replace\",\"path\":\"title\",\"value\":\"Dr\"}");

  @Test
  void minimalAnswersHaveNoBodyButAllTheHeaders() {
    String name = unique("minimal");
    Answer created = send("POST", "/Users", body(name), "Prefer", "return=minimal");
    assertThat(created.status()).isEqualTo(201);
    assertThat(created.body()).isEmpty();
    assertThat(created.header("Preference-Applied")).isEqualTo("return=minimal");
    assertThat(created.header("ETag")).startsWith("W/");
    String url = created.header("Location");
    String path = url.substring(scimUrl().length());
    assertThat(get(path).text("/userName")).isEqualTo(name);
    Answer replaced = send("PUT", path, body(name), "Prefer", "return=minimal");
    assertThat(replaced.status()).isEqualTo(204);
    assertThat(replaced.header("ETag")).startsWith("W/");
    assertThat(replaced.header("Preference-Applied")).isEqualTo("return=minimal");
    Answer patched = send("PATCH", path, CHANGE, "Prefer", "return=minimal");
    assertThat(patched.status()).isEqualTo(204);
    assertThat(patched.header("Preference-Applied")).isEqualTo("return=minimal");
  }

  @Test
  void representationIsShownAlsoAfterAPatch() {
    String path = "/Users/" + createUser(unique("whole"));
    Answer patched = send("PATCH", path, CHANGE, "Prefer", "Return=\"representation\"; foo=bar");
    assertThat(patched.status()).isEqualTo(200);
    assertThat(patched.text("/title")).isEqualTo("Dr");
    assertThat(patched.header("Preference-Applied")).isEqualTo("return=representation");
    Answer created =
        send("POST", "/Users", body(unique("whole")), "Prefer", "return=representation");
    assertThat(created.status()).isEqualTo(201);
    assertThat(created.header("Preference-Applied")).isEqualTo("return=representation");
    assertThat(created.json().has("id")).isTrue();
  }

  @Test
  void whatCannotBeFollowedIsIgnored() {
    String path = "/Users/" + createUser(unique("odd"));
    for (String prefer :
        new String[] {
          "return=nothing", "return=minimal, return=representation", "wait=5", ",;=,"
        }) {
      Answer patched = send("PATCH", path, CHANGE, "Prefer", prefer);
      assertThat(patched.status()).as(prefer).isEqualTo(204);
      assertThat(patched.header("Preference-Applied")).as(prefer).isEmpty();
    }
    Answer asked = send("PATCH", path + "?attributes=title", CHANGE, "Prefer", "return=minimal");
    assertThat(asked.status()).isEqualTo(200);
    assertThat(asked.header("Preference-Applied")).isEmpty();
  }
}
