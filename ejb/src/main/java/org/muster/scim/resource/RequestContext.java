package org.muster.scim.resource;

import org.muster.kernel.TenantId;
import org.muster.scim.policy.Policy;
import org.muster.security.Caller;

/**
 * For whom and where a request is served.
 *
 * @param tenant the tenant whose resources these are; the caller's, already authorised
 * @param baseUrl what stands before "/Users" in locations, without a slash at its end
 * @param policy the tenant's
 */
public record RequestContext(TenantId tenant, Caller caller, String baseUrl, Policy policy) {}
