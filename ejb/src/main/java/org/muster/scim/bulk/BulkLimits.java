package org.muster.scim.bulk;

import org.muster.scim.policy.Limits;

/**
 * The bounds of a bulk request.
 *
 * @param maxOperations operations of a request
 * @param maxPayloadBytes bytes of a request
 * @param maxOperationBytes bytes of one operation
 */
public record BulkLimits(int maxOperations, long maxPayloadBytes, int maxOperationBytes) {
  /** Those of a tenant with these limits. */
  static BulkLimits of(Limits limits) {
    return new BulkLimits(limits.bulkOperations(), limits.bulkPayloadBytes(), limits.bodyBytes());
  }

  /**
   * The bounds of the asynchronous requests of all tenants.
   *
   * @param maxJobs requests that are not done, at the same time
   * @param keepSeconds how long the answer of one can be fetched
   */
  public record Jobs(int maxJobs, long keepSeconds) {}
}
