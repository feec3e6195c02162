package org.muster.scim.policy;

import org.muster.kernel.TenantId;

/** The policies of the tenants; asked for each request, so it answers from memory. Thread-safe. */
@FunctionalInterface
public interface Policies {
  /** The policy of a tenant that is served. */
  Policy of(TenantId tenant);
}
