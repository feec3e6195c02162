package org.muster.rest.admin;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import org.muster.access.TenantRepository;
import org.muster.kernel.TenantId;
import org.muster.rest.error.Failure;
import org.muster.scim.ScimException;
import org.muster.security.Caller;
import org.muster.security.Scope;

/** Who may administer which tenant. Thread-safe. */
@ApplicationScoped
public class TenantAccess {
  @Inject private TenantRepository tenants;

  /**
   * The tenant of that name, if the caller may administer it.
   *
   * @throws Failure.Refusal 403 without the scope
   * @throws ScimException 404 if there is no such tenant, or none for this caller
   */
  TenantId administered(Caller caller, String name) {
    if (!caller.may(Scope.TENANT_ADMIN)) {
      throw new Failure.Refusal(
          new Failure(403, "This takes a token with the scope tenant.admin or platform.admin"));
    }
    boolean inReach =
        TenantId.isValid(name)
            && (caller.may(Scope.PLATFORM_ADMIN) || caller.tenant().value().equals(name));
    if (!inReach || !tenants.exists(new TenantId(name))) {
      throw ScimException.notFound("There is no such tenant");
    }
    return new TenantId(name);
  }
}
