package org.muster.security;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import org.muster.kernel.TenantId;

/**
 * Issues, lists and revokes access tokens. An administrator of the platform does so for all
 * tenants, one of a tenant for its own; tokens of other tenants, and those of administrators of the
 * platform, do not exist for it. Thread-safe.
 */
public final class Tokens {
  private final TokenStore store;
  private final Authenticator authenticator;
  private final Predicate<TenantId> tenants;
  private final Duration usualLife;
  private final Clock clock;

  /**
   * The tokens of a store.
   *
   * @param tenants whether there is such a tenant
   * @param usualLife of a token of which nothing else is asked (RFC 7644 section 7.4)
   */
  Tokens(
      TokenStore store,
      Authenticator authenticator,
      Predicate<TenantId> tenants,
      Duration usualLife,
      Clock clock) {
    this.store = store;
    this.authenticator = authenticator;
    this.tenants = tenants;
    this.usualLife = usualLife;
    this.clock = clock;
  }

  /**
   * Issues a token.
   *
   * @throws Refused if the caller may not, or asks for more than it has itself
   * @throws NoSuchTenant if the tenant does not exist
   */
  public IssuedToken issue(Caller caller, TokenRequest request) {
    requireAdministrator(caller);
    if (!isInReach(caller, request.tenant())) {
      throw new Refused("Tokens of another tenant take the scope platform.admin");
    }
    for (Scope scope : request.scopes()) {
      if (!caller.may(scope) && !caller.may(Scope.PLATFORM_ADMIN)) {
        throw new Refused("You cannot grant " + scope.word() + ", which you do not have yourself");
      }
    }
    if (!tenants.test(request.tenant())) {
      throw new NoSuchTenant(request.tenant());
    }
    Duration life = request.expiresIn().orElse(usualLife);
    IssuedToken issued = IssuedToken.of(request, Optional.of(life), clock.instant());
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
    Set<Scope> beyond = caller.may(Scope.PLATFORM_ADMIN) ? Set.of() : Set.of(Scope.PLATFORM_ADMIN);
    return store.page(reach, beyond, after, limit);
  }

  /** The token, if the caller may see it. */
  public Optional<Token> find(Caller caller, String id) {
    requireAdministrator(caller);
    return store
        .byId(id)
        .filter(token -> isInReach(caller, token.tenant()))
        .filter(
            token ->
                caller.may(Scope.PLATFORM_ADMIN) || !token.scopes().contains(Scope.PLATFORM_ADMIN));
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

  /** A token was asked for a tenant that does not exist. */
  public static final class NoSuchTenant extends RuntimeException {
    private static final long serialVersionUID = 1L;

    NoSuchTenant(TenantId tenant) {
      super("There is no tenant " + tenant.value());
    }
  }

  /** The caller may not do that; the message says what it takes. */
  public static final class Refused extends RuntimeException {
    private static final long serialVersionUID = 1L;

    Refused(String message) {
      super(message);
    }
  }
}
