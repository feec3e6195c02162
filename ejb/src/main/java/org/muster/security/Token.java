package org.muster.security;

import java.time.Instant;
import java.util.Optional;
import java.util.Set;
import org.muster.kernel.TenantId;

/**
 * An access token as it is kept: everything but the secret.
 *
 * @param subject the id of the user that {@code /Me} is, if any
 * @param expires when it ends; empty if it does not
 * @param lastUsed last use, at most a minute late
 * @param revoked when it was revoked, if it was
 */
public record Token(
    String id,
    TenantId tenant,
    Optional<String> subject,
    Set<Scope> scopes,
    Instant created,
    Optional<Instant> expires,
    Optional<Instant> lastUsed,
    Optional<Instant> revoked) {
  public Token {
    scopes = Set.copyOf(scopes);
  }

  /** Whether the token is accepted at that time. */
  public boolean isLive(Instant at) {
    return revoked.isEmpty() && expires.map(at::isBefore).orElse(true);
  }

  Caller caller() {
    return new Caller(id, tenant, subject, scopes);
  }
}
