package org.muster.scim.resource;

import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import org.muster.kernel.TenantId;
import org.muster.scim.ScimException;
import org.muster.scim.schema.ResourceTypes;
import org.muster.security.Caller;
import org.muster.security.Scope;
import org.muster.storage.StorageKey;
import org.muster.storage.StorageProvider;
import org.muster.storage.Tombstone;
import org.muster.storage.TombstoneQuery;

/**
 * Lists deleted resources. An administrator of the platform sees those of all tenants, one of a
 * tenant its own; another tenant answers as one that does not exist. Thread-safe.
 */
public final class Tombstones {
  private final StorageProvider storage;
  private final ResourceTypes types;
  private final Predicate<TenantId> tenants;

  /**
   * The deleted resources of a store.
   *
   * @param tenants whether there is such a tenant
   */
  public Tombstones(StorageProvider storage, ResourceTypes types, Predicate<TenantId> tenants) {
    this.storage = storage;
    this.types = types;
    this.tenants = tenants;
  }

  /**
   * A page of the tombstones of one resource type, by ascending id.
   *
   * @param type the name of the type, for instance "User"
   * @param after the id behind which the page begins
   * @throws ScimException 403 for who is no administrator, 404 for a tenant that there is not, or
   *     not for the caller, 400 for a type that it does not have or what is no id
   */
  public List<Tombstone> page(
      Caller caller, String tenant, String type, Optional<String> after, int limit) {
    if (!caller.may(Scope.TENANT_ADMIN)) {
      throw new ScimException(
          403, "Deleted resources take a token with the scope tenant.admin or platform.admin");
    }
    TenantId id = visible(caller, tenant);
    String collection =
        types
            .byName(id, type)
            .orElseThrow(() -> invalid("type must be the name of a resource type, such as User"))
            .name();
    if (after.isPresent() && !StorageKey.isId(after.get())) {
      throw invalid("cursor must be the nextCursor of the page before");
    }
    return Failures.reading(
        () -> storage.tombstones(new TombstoneQuery.OfCollection(id, collection, after, limit)));
  }

  private TenantId visible(Caller caller, String tenant) {
    if (TenantId.isValid(tenant)) {
      TenantId id = new TenantId(tenant);
      if (caller.tenant().equals(id) || (caller.may(Scope.PLATFORM_ADMIN) && tenants.test(id))) {
        return id;
      }
    }
    throw ScimException.notFound("There is no such tenant");
  }

  private static ScimException invalid(String detail) {
    return ScimException.badRequest(ScimException.Type.INVALID_VALUE, detail);
  }
}
