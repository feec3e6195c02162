package org.muster.scim.resource;

import org.muster.kernel.TenantId;
import org.muster.scim.policy.Leniency;
import org.muster.scim.policy.Policy;
import org.muster.security.Caller;

/**
 * For whom and where a request is served.
 *
 * @param tenant the tenant whose resources these are; the caller's, already authorised
 * @param baseUrl what stands before "/Users" in locations, without a slash at its end
 * @param policy the tenant's
 * @param listener hears what is made of the request
 */
public record RequestContext(
    TenantId tenant, Caller caller, String baseUrl, Policy policy, Leniency.Listener listener) {
  /** A request that nobody listens to. */
  public RequestContext(TenantId tenant, Caller caller, String baseUrl, Policy policy) {
    this(tenant, caller, baseUrl, policy, Leniency.NONE.listener());
  }

  /** What the request may deviate in. */
  Leniency leniency() {
    return new Leniency(policy.profile(), listener);
  }
}
