package org.muster.rest.admin;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.muster.kernel.TenantId;
import org.muster.scim.ScimException;
import org.muster.security.Scope;
import org.muster.security.Token;
import org.muster.security.TokenRequest;
import org.muster.storage.JsonDocument;

/** Tokens as JSON. */
class TokenJsonTest {
  private static final TenantId ACME = new TenantId("acme");

  @Test
  void wholeRequestIsRead() {
    assertThat(
            request(
                "{\"tenant\":\"other\",\"scopes\":[\"scim.read\",\"scim.read\",\"tenant.admin\"],"
                    + "\"expiresIn\":\"PT24H\",\"subject\":\"u1\"}"))
        .isEqualTo(
            new TokenRequest(
                new TenantId("other"),
                Set.of(Scope.SCIM_READ, Scope.TENANT_ADMIN),
                Optional.of(Duration.ofDays(1)),
                Optional.of("u1")));
  }

  @Test
  void shortRequestIsForTheOwnTenantAndForEver() {
    assertThat(request("{\"scopes\":[\"scim.write\"],\"expiresIn\":null}"))
        .isEqualTo(
            new TokenRequest(ACME, Set.of(Scope.SCIM_WRITE), Optional.empty(), Optional.empty()));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{}",
        "{\"scopes\":[]}",
        "{\"scopes\":\"scim.read\"}",
        "{\"scopes\":{\"a\":\"scim.read\"}}",
        "{\"scopes\":[\"scim.*\"]}",
        "{\"scopes\":[1]}",
        "{\"scopes\":[\"scim.read\"],\"expiresIn\":\"PT0S\"}",
        "{\"scopes\":[\"scim.read\"],\"expiresIn\":\"-PT1H\"}",
        "{\"scopes\":[\"scim.read\"],\"expiresIn\":\"P4000D\"}",
        "{\"scopes\":[\"scim.read\"],\"expiresIn\":\"PT9223372036854775807S\"}",
        "{\"scopes\":[\"scim.read\"],\"expiresIn\":\"1h\"}",
        "{\"scopes\":[\"scim.read\"],\"expiresIn\":3600}",
        "{\"scopes\":[\"scim.read\"],\"tenant\":\"Not A Tenant\"}",
        "{\"scopes\":[\"scim.read\"],\"subject\":\" \"}",
        "{\"scopes\":[\"scim.read\"],\"scope\":\"x\"}"
      })
  void badRequestsAre400(String body) {
    assertThatThrownBy(() -> request(body))
        .isInstanceOfSatisfying(ScimException.class, e -> assertThat(e.status()).isEqualTo(400));
  }

  @Test
  void tokenIsWrittenWithoutWhatItLacks() {
    Instant time = Instant.parse("2026-01-02T03:04:05.678Z");
    Token token =
        new Token(
            "t1",
            ACME,
            Optional.empty(),
            Set.of(Scope.TENANT_ADMIN, Scope.SCIM_READ),
            time,
            Optional.of(time.plusSeconds(1)),
            Optional.empty(),
            Optional.empty());
    assertThat(TokenJson.of(token))
        .hasToString(
            "{\"id\":\"t1\",\"tenant\":\"acme\",\"scopes\":[\"scim.read\",\"tenant.admin\"],"
                + "\"created\":\"2026-01-02T03:04:05.678Z\","
                + "\"expires\":\"2026-01-02T03:04:06.678Z\"}");
  }

  private static TokenRequest request(String body) {
    try {
      return TokenJson.request((ObjectNode) JsonDocument.MAPPER.readTree(body), ACME);
    } catch (JsonProcessingException e) {
      throw new AssertionError(e);
    }
  }
}
