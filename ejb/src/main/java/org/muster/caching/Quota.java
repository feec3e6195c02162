package org.muster.caching;

import org.muster.scim.policy.Limit;
import org.muster.scim.policy.Limits;

/**
 * What a tenant may keep.
 *
 * @param valueBytes of one value
 * @param entries of all its caches together
 * @param bytes of all its caches together, with what they need beside the values
 * @param caches that have entries
 */
public record Quota(int valueBytes, long entries, long bytes, int caches) {
  /** The one of a tenant's limits. */
  public static Quota of(Limits limits) {
    return new Quota(
        (int) limits.of(Limit.CACHE_VALUE_BYTES),
        limits.of(Limit.CACHE_ENTRIES),
        limits.of(Limit.CACHE_BYTES),
        (int) limits.of(Limit.CACHES));
  }
}
