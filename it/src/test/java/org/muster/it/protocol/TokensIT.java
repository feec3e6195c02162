package org.muster.it.protocol;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

/** Tokens and scopes: who may do what. */
class TokensIT extends Protocol {
  private Answer createToken(String body) {
    return sendTo(
        serverUrl() + "/admin/v1/tokens",
        "Bearer " + token(),
        "POST",
        body,
        "Content-Type",
        "application/json");
  }

  @Test
  void tokenWorksWithinItsScopesUntilItIsRevoked() {
    Answer created =
        createToken("{\"tenant\":\"default\",\"scopes\":[\"scim.read\"],\"expiresIn\":\"PT24H\"}");
    assertThat(created.status()).as(created.body()).isEqualTo(201);
    String credential = "Bearer " + created.text("/token");
    assertThat(sendAs(credential, "GET", "/Users?count=1", "").status()).isEqualTo(200);
    assertScimError(
        sendAs(
            credential,
            "POST",
            "/Users",
            "{\"schemas\":[\"%s\"],\"userName\":\"%s\"}".formatted(USER, unique("no"))),
        403,
        "");
    assertThat(sendTo(serverUrl() + "/admin/v1/tokens", credential, "GET", "").status())
        .isEqualTo(403);
    String url = serverUrl() + "/admin/v1/tokens/" + created.text("/id");
    Answer listed =
        sendTo(serverUrl() + "/admin/v1/tokens?limit=1000", "Bearer " + token(), "GET", "");
    assertThat(listed.body()).contains(created.text("/id")).doesNotContain(created.text("/token"));
    assertThat(sendTo(url, "Bearer " + token(), "DELETE", "").status()).isEqualTo(204);
    assertScimError(sendAs(credential, "GET", "/Users?count=1", ""), 401, "");
  }

  @Test
  void tokenOfWhichNothingElseIsAskedLivesForAYear() {
    for (String life : new String[] {"", ",\"expiresIn\":null"}) {
      Answer created = createToken("{\"scopes\":[\"scim.read\"]" + life + "}");
      assertThat(created.status()).as(created.body()).isEqualTo(201);
      assertThat(Instant.parse(created.text("/expires")))
          .isEqualTo(Instant.parse(created.text("/created")).plus(Duration.ofDays(365)));
      String url = serverUrl() + "/admin/v1/tokens/" + created.text("/id");
      assertThat(sendTo(url, "Bearer " + token(), "GET", "").text("/expires"))
          .isEqualTo(created.text("/expires"));
    }
  }

  @Test
  void badTokenRequestsAreRefused() {
    assertThat(createToken("{\"tenant\":\"default\",\"scopes\":[\"everything\"]}").status())
        .isEqualTo(400);
    assertThat(createToken("{\"tenant\":\"default\",\"scopes\":[]}").status()).isEqualTo(400);
    assertThat(createToken("{\"tenant\":\"No Such\",\"scopes\":[\"scim.read\"]}").status())
        .isEqualTo(400);
    assertThat(
            createToken(
                    "{\"tenant\":\"default\",\"scopes\":[\"scim.read\"],\"expiresIn\":\"-PT1H\"}")
                .status())
        .isEqualTo(400);
    assertThat(createToken("nonsense").status()).isEqualTo(400);
  }

  @Test
  void tokenOfATenantThatDoesNotExistIsRefused() {
    Answer refused = createToken("{\"tenant\":\"nobody\",\"scopes\":[\"scim.read\"]}");
    assertThat(refused.status()).as(refused.body()).isEqualTo(400);
    assertThat(refused.text("/detail")).isEqualTo("There is no tenant nobody");
    Answer listed =
        sendTo(serverUrl() + "/admin/v1/tokens?tenant=nobody", "Bearer " + token(), "GET", "");
    assertThat(listed.status()).as(listed.body()).isEqualTo(200);
    assertThat(listed.json().path("items")).isEmpty();
  }

  @Test
  void anotherTenantIsNotThere() {
    String other = scimUrl().replace("/scim/v2", "/t/other/scim/v2");
    assertScimError(sendTo(other + "/Users", "Bearer " + token(), "GET", ""), 404, "");
    String own = scimUrl().replace("/scim/v2", "/t/default/scim/v2");
    assertThat(sendTo(own + "/Users?count=1", "Bearer " + token(), "GET", "").status())
        .isEqualTo(200);
  }
}
