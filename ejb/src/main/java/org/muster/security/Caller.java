package org.muster.security;

import java.util.Optional;
import java.util.Set;
import org.muster.kernel.TenantId;

/**
 * Who calls: the bearer of an accepted credential.
 *
 * @param id what stands in logs and histories for the caller: the id of the token, or "admin"
 * @param tenant the tenant that the credential belongs to
 * @param subject the id of the user that {@code /Me} is, if any
 * @param scopes what the caller may do
 */
public record Caller(String id, TenantId tenant, Optional<String> subject, Set<Scope> scopes) {
  public Caller {
    scopes = Set.copyOf(scopes);
  }

  /**
   * Whether the caller has the scope, itself or by a wider one. Who administers the platform
   * administers its tenants, but reads and writes what is in them only with the scopes for that.
   * Who may read all events, or administers the tenant, may poll streams of them.
   */
  public boolean may(Scope scope) {
    return scopes.contains(scope)
        || (scope == Scope.TENANT_ADMIN && scopes.contains(Scope.PLATFORM_ADMIN))
        || (scope == Scope.EVENTS_READ && (may(Scope.STORAGE_READ) || may(Scope.TENANT_ADMIN)));
  }
}
