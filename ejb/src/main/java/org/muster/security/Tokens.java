package org.muster.security;

import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import org.muster.kernel.TenantId;

/**
 * Issues, lists and revokes access tokens. An administrator of the platform does so for all
 * tenants, one of a tenant for its own; tokens of other tenants do not exist for it. Thread-safe.
 */
public final class Tokens {
  private final TokenStore store;
  private final Authenticator authenticator;
  private final Clock clock;

  Tokens(TokenStore store, Authenticator authenticator, Clock clock) {
    this.store = store;
    this.authenticator = authenticator;
    this.clock = clock;
  }

  /**
   * Issues a token.
   *
   * @throws Refused if the caller may not, or asks for more than it has itself
   */
  public IssuedToken issue(Caller caller, TokenRequest request) {
    requireAdministrator(caller);
    if (!isInReach(caller, request.tenant())) {
      throw new Refused("Tokens of another tenant take the scope platform.admin");
    }
    for (Scope scope : request.scopes()) {
      if (!caller.may(scope)) {
        throw new Refused("You cannot grant " + scope.word() + ", which you do not have yourself");
      }
    }
    IssuedToken issued = IssuedToken.of(request, clock.instant());
    store.add(issued.token(), Secret.hash(issued.secret()));
    return issued;
  }

  /** A page of tokens by ascending id: those of one tenant, or all that the caller may see. */
  public List<Token> page(
      Caller caller, Optional<TenantId> tenant, Optional<String> after, int limit) {
    requireAdministrator(caller);
    if (tenant.isPresent() && !isInReach(caller, tenant.get())) {
      throw new Refused("Tokens of another tenant take the scope platform.admin");
    }
    Optional<TenantId> reach =
        caller.may(Scope.PLATFORM_ADMIN) ? tenant : Optional.of(caller.tenant());
    return store.page(reach, after, limit);
  }

  /** The token, if the caller may see it. */
  public Optional<Token> find(Caller caller, String id) {
    requireAdministrator(caller);
    return store.byId(id).filter(token -> isInReach(caller, token.tenant()));
  }

  /** Revokes a token at once; false if there is none that the caller may see. */
  public boolean revoke(Caller caller, String id) {
    if (find(caller, id).isEmpty()) {
      return false;
    }
    Optional<String> hash = store.revoke(id, now());
    hash.ifPresent(authenticator::forget);
    return hash.isPresent();
  }

  private Instant now() {
    return clock.instant().truncatedTo(ChronoUnit.MILLIS);
  }

  private static void requireAdministrator(Caller caller) {
    if (!caller.may(Scope.TENANT_ADMIN)) {
      throw new Refused("Tokens take the scope tenant.admin or platform.admin");
    }
  }

  private static boolean isInReach(Caller caller, TenantId tenant) {
    return caller.may(Scope.PLATFORM_ADMIN) || caller.tenant().equals(tenant);
  }

  /** The caller may not do that; the message says what it takes. */
  public static final class Refused extends RuntimeException {
    private static final long serialVersionUID = 1L;

    Refused(String message) {
      super(message);
    }
  }
}
