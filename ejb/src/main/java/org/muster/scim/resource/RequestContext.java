package org.muster.scim.resource;

import org.muster.kernel.Origin;
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
 * @param origin what is kept with the changes that it makes
 */
public record RequestContext(
    TenantId tenant,
    Caller caller,
    String baseUrl,
    Policy policy,
    Leniency.Listener listener,
    Origin origin) {
  /** A request of whose origin only the caller is known. */
  public RequestContext(
      TenantId tenant, Caller caller, String baseUrl, Policy policy, Leniency.Listener listener) {
    this(tenant, caller, baseUrl, policy, listener, Origin.of(caller.id()));
  }

  /** A request that nobody listens to. */
  public RequestContext(TenantId tenant, Caller caller, String baseUrl, Policy policy) {
    this(tenant, caller, baseUrl, policy, Leniency.NONE.listener());
  }

  /** The same request, from there. */
  public RequestContext from(Origin other) {
    return new RequestContext(tenant, caller, baseUrl, policy, listener, other);
  }

  /** What the request may deviate in. */
  Leniency leniency() {
    return new Leniency(policy.profile(), listener);
  }
}
