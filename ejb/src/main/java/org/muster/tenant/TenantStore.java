package org.muster.tenant;

import java.util.List;
import java.util.Optional;
import org.muster.access.Tenant;
import org.muster.kernel.TenantId;

/** Keeps tenants by id. Each call is one transaction. Thread-safe. */
interface TenantStore {
  /** The tenant, whatever its state. */
  Optional<Tenant> find(TenantId id);

  /** Tenants by ascending id, at most {@code limit}, those that are being deleted included. */
  List<Tenant> page(Optional<String> after, int limit);

  /** Those that are being deleted, at most {@code limit}. */
  List<Tenant> deleting(int limit);

  /** Adds a tenant; false if its id is taken. */
  boolean add(Tenant tenant);

  /** Changes a tenant that still is as it was read; false if it is not. */
  boolean change(Tenant read, Tenant.State state, String settings);

  /** Removes the tokens and issuers of a tenant; whether there were any. */
  boolean removeCredentials(TenantId id);

  /** Removes a tenant that is being deleted, with its tokens and issuers. */
  void remove(TenantId id);
}
