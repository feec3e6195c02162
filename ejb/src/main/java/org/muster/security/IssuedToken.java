package org.muster.security;

import com.github.f4b6a3.uuid.UuidCreator;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Optional;

/**
 * A new token, and the only sight of its secret.
 *
 * @param secret what the bearer sends; kept nowhere
 */
public record IssuedToken(Token token, String secret) {

  /**
   * A token as requested, not stored yet.
   *
   * @param life how long it is accepted; empty for ever
   */
  static IssuedToken of(TokenRequest request, Optional<Duration> life, Instant now) {
    Instant created = now.truncatedTo(ChronoUnit.MILLIS);
    Token token =
        new Token(
            UuidCreator.getTimeOrderedEpoch().toString(),
            request.tenant(),
            request.subject(),
            request.scopes(),
            created,
            life.map(created::plus),
            Optional.empty(),
            Optional.empty());
    return new IssuedToken(token, Secret.generate());
  }

  @Override
  public String toString() {
    return "IssuedToken[" + token.id() + "]";
  }
}
