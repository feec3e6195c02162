package org.muster.security.jwt;

import java.util.List;
import java.util.Optional;
import org.muster.kernel.TenantId;

/** Keeps issuers by id and by name. Each call is one transaction. Thread-safe. */
interface IssuerStore {
  /** Those that have this {@code iss}, of all tenants. */
  List<Issuer> named(String iss);

  /** One of a tenant. */
  Optional<Issuer> find(TenantId tenant, String id);

  /** Those of a tenant by ascending id, at most {@code limit}. */
  List<Issuer> page(TenantId tenant, Optional<String> after, int limit);

  /** Adds one; fails if its issuer and audience are taken. */
  void add(Issuer issuer);

  /** Replaces one; false if there is none of that id and tenant; fails as {@link #add}. */
  boolean replace(Issuer issuer);

  /** Removes one; false if there is none of that id and tenant. */
  boolean remove(TenantId tenant, String id);
}
