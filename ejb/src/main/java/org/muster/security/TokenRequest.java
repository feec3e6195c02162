package org.muster.security;

import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import org.muster.kernel.TenantId;

/**
 * What is asked of a new token.
 *
 * @param expiresIn how long it is accepted; empty for as long as is usual
 */
public record TokenRequest(
    TenantId tenant, Set<Scope> scopes, Optional<Duration> expiresIn, Optional<String> subject) {
  public TokenRequest {
    scopes = Set.copyOf(scopes);
  }
}
