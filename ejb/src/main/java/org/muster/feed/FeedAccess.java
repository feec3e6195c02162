package org.muster.feed;

import java.util.Optional;
import java.util.function.Predicate;
import org.muster.kernel.TenantId;
import org.muster.receiver.ReceiverId;
import org.muster.scim.ScimException;
import org.muster.security.Caller;
import org.muster.security.Reach;
import org.muster.security.Scope;

/** Who may follow which tenant. Thread-safe. */
public final class FeedAccess {
  private final Predicate<TenantId> exists;

  /**
   * Access to tenants that are served.
   *
   * @param exists whether a tenant is
   */
  FeedAccess(Predicate<TenantId> exists) {
    this.exists = exists;
  }

  /**
   * The stream that a caller polls: with {@code events.read} alone it may poll streams and nothing
   * else, and if it has a subject, that stream alone.
   *
   * @param named the tenant that the request names, if it does
   * @throws ScimException 403 without the scope; 404 if there is no such tenant or stream for it
   */
  public ReceiverId stream(Caller caller, Optional<String> named, String id) {
    boolean isReader = caller.may(Scope.STORAGE_READ) || caller.may(Scope.TENANT_ADMIN);
    TenantId tenant = tenant(caller, Scope.EVENTS_READ, named);
    if (!isReader && !caller.subject().map(id::equals).orElse(true)) {
      throw ScimException.notFound("There is no such stream");
    }
    return new ReceiverId(tenant, id);
  }

  /**
   * The tenant that a caller reads or writes.
   *
   * @param scope what that takes, unless it is an administrator who calls
   * @param named the tenant that the request names, if it does
   * @throws ScimException 403 without the scope; 404 if there is no such tenant, or none for it
   */
  public TenantId tenant(Caller caller, Scope scope, Optional<String> named) {
    if (!caller.may(scope) && !caller.may(Scope.TENANT_ADMIN)) {
      throw new ScimException(403, "This takes a token with the scope " + scope.word());
    }
    if (named.isEmpty() || named.get().equals(caller.tenant().value())) {
      return caller.tenant();
    }
    if (!caller.may(Scope.PLATFORM_ADMIN)) {
      throw Reach.noSuchTenant();
    }
    return named
        .filter(TenantId::isValid)
        .map(TenantId::new)
        .filter(exists)
        .orElseThrow(Reach::noSuchTenant);
  }
}
