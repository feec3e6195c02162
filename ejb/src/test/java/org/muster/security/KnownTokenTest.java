package org.muster.security;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.muster.kernel.TenantId;

/** Tokens as texts of a cache, and back. */
class KnownTokenTest {
  private static final Instant NOW = Instant.parse("2026-01-01T00:00:00Z");

  private static IssuedToken issued(Optional<String> subject, Optional<Duration> life) {
    return IssuedToken.of(
        new TokenRequest(new TenantId("acme"), Set.of(Scope.values()), life, subject), life, NOW);
  }

  @Test
  void textIsReadAsTheSameCallerUntilTheSameEnd() {
    for (Optional<String> subject : Set.of(Optional.<String>empty(), Optional.of("ü\"\n"))) {
      Token token = issued(subject, Optional.of(Duration.ofHours(1))).token();
      KnownToken read = KnownToken.read(KnownToken.write(token));
      assertThat(read.caller()).isEqualTo(token.caller());
      assertThat(read.found()).contains(token.caller());
      assertThat(read.expiresMillis()).isEqualTo(NOW.plusSeconds(3_600).toEpochMilli());
    }
    Token endless = issued(Optional.empty(), Optional.empty()).token();
    assertThat(KnownToken.read(KnownToken.write(endless)).expiresMillis())
        .isEqualTo(Long.MAX_VALUE);
  }

  @Test
  void textHasNeitherTheSecretNorItsHash() {
    IssuedToken issued = issued(Optional.of("u1"), Optional.empty());
    assertThat(KnownToken.write(issued.token()))
        .doesNotContain(issued.secret())
        .doesNotContain(Secret.hash(issued.secret()));
  }

  @Test
  void scopeThatThisNodeDoesNotKnowIsLeftOut() {
    KnownToken read =
        KnownToken.read("{\"id\":\"1\",\"tenant\":\"acme\",\"scopes\":[\"scim.read\",\"new\"]}");
    assertThat(read.caller().scopes()).containsExactly(Scope.SCIM_READ);
  }

  @Test
  void brokenTextIsNoToken() {
    assertThatThrownBy(() -> KnownToken.read("{")).isInstanceOf(IllegalStateException.class);
    assertThatThrownBy(() -> KnownToken.read("{}")).isInstanceOf(IllegalArgumentException.class);
  }
}
