package org.muster.tenant;

import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import org.muster.scim.policy.Limit;

/**
 * What an administrator has chosen for a tenant.
 *
 * @param displayName what people call it
 * @param profile the name of its profile; the configured one if empty
 * @param limits its own limits; the configured ones hold for the others
 * @param ifMatchRequired whether PUT, PATCH and DELETE take If-Match
 * @param retentionDays how long what was deleted can be restored; the configured time if empty
 */
public record TenantSettings(
    Optional<String> displayName,
    Optional<String> profile,
    Map<Limit, Long> limits,
    boolean ifMatchRequired,
    OptionalInt retentionDays) {
  /** Those of a tenant of which nothing was chosen. */
  public static final TenantSettings NONE =
      new TenantSettings(Optional.empty(), Optional.empty(), Map.of(), false, OptionalInt.empty());

  public TenantSettings {
    limits = Map.copyOf(limits);
  }
}
