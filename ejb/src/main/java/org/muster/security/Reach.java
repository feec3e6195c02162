package org.muster.security;

import java.util.Optional;
import org.muster.kernel.TenantId;
import org.muster.scim.ScimException;

/**
 * Which tenants an administrator may see and change: all that of the platform, its own that of a
 * tenant. What is out of reach answers as if it did not exist, whether it does or not.
 */
public final class Reach {
  private Reach() {}

  /** Refuses who may not see the administration of a tenant: 403, or 404. */
  public static void requireSight(Caller caller, TenantId tenant) {
    requireAdministrator(caller);
    if (!caller.may(Scope.PLATFORM_ADMIN) && !caller.tenant().equals(tenant)) {
      throw noSuchTenant();
    }
  }

  /** Refuses who does not administer the platform: 403, or 404 for another tenant. */
  public static void requirePlatform(Caller caller, TenantId tenant) {
    requireSight(caller, tenant);
    requirePlatform(caller);
  }

  /** Refuses who does not administer the platform: 403. */
  public static void requirePlatform(Caller caller) {
    if (!caller.may(Scope.PLATFORM_ADMIN)) {
      throw new ScimException(403, "This takes a token with the scope platform.admin");
    }
  }

  /** The only tenant that the caller may see; empty for all. */
  public static Optional<TenantId> of(Caller caller) {
    requireAdministrator(caller);
    return caller.may(Scope.PLATFORM_ADMIN) ? Optional.empty() : Optional.of(caller.tenant());
  }

  /** 404, the same for a tenant that is out of reach and for one that does not exist. */
  public static ScimException noSuchTenant() {
    return ScimException.notFound("There is no such tenant");
  }

  private static void requireAdministrator(Caller caller) {
    if (!caller.may(Scope.TENANT_ADMIN)) {
      throw new ScimException(
          403, "This takes a token with the scope tenant.admin or platform.admin");
    }
  }
}
