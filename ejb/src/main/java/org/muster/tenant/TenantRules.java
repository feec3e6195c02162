package org.muster.tenant;

import org.muster.scim.policy.Limits;
import org.muster.scim.policy.Policy;
import org.muster.scim.policy.Profile;
import org.muster.scim.policy.Profiles;

/**
 * What this server allows its tenants.
 *
 * @param usual the limits of a tenant that sets none itself
 * @param bounds what no tenant's own limits may go beyond
 * @param profiles those that can be chosen
 * @param usualProfile the one of a tenant that has chosen none
 */
public record TenantRules(Limits usual, Limits bounds, Profiles profiles, Profile usualProfile) {
  /** The limits that hold for a tenant. */
  Limits limits(TenantSettings settings) {
    return usual.with(settings.limits(), bounds);
  }

  /** The profile that holds for a tenant; the usual one where its own is no longer known. */
  Profile profile(TenantSettings settings) {
    return settings.profile().flatMap(profiles::named).orElse(usualProfile);
  }

  /** The policy that holds for a tenant. */
  Policy policy(TenantSettings settings) {
    return new Policy(profile(settings), limits(settings), settings.ifMatchRequired());
  }
}
