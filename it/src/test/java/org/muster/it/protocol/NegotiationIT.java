package org.muster.it.protocol;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** RFC 7644 sections 1.2, 3.8 and 3.13: encodings, media types, the version in the path. */
class NegotiationIT extends Protocol {
  @ParameterizedTest
  @ValueSource(
      strings = {"application/scim+json", "application/json", "*/*", "application/json;q=0.5"})
  void acceptedMediaTypesGetScimJson(String accept) {
    Answer answer = send("GET", "/Users?count=1", "", "Accept", accept);
    assertThat(answer.status()).isEqualTo(200);
    assertThat(answer.contentType()).isEqualTo("application/scim+json");
  }

  @Test
  void jsonIsUtf8WithoutSayingSo() {
    String name = unique("žluťoučký-名-😀");
    byte[] body =
        "{\"schemas\":[\"%s\"],\"userName\":\"%s\"}"
            .formatted(USER, name)
            .getBytes(StandardCharsets.UTF_8);
    Answer created = sendBytes("POST", "/Users", body);
    assertThat(created.status()).as(created.body()).isEqualTo(201);
    assertThat(created.text("/userName")).isEqualTo(name);
    assertThat(get("/Users/" + created.text("/id")).body()).contains(name);
  }

  @Test
  void urlsArePercentEncoded() {
    String name = unique("é+&=%");
    String id = createUser(name);
    assertThat(ids(filter("/Users", "userName eq \"" + name + "\""))).containsExactly(id);
    String encoded = "%" + Integer.toHexString(id.charAt(0)) + id.substring(1);
    assertThat(get("/Users/" + encoded).text("/id")).isEqualTo(id);
    assertThat(get("/%55sers/" + id).text("/id")).isEqualTo(id);
  }

  @Test
  void anotherVersionIsRefused() {
    for (String base : new String[] {"/scim/v1", "/scim/v3", "/scim"}) {
      assertScimError(
          sendTo(serverUrl() + base + "/Users", "Bearer " + token(), "GET", ""), 404, "");
    }
    assertThat(get("/Users?count=0").status()).isEqualTo(200);
  }
}
