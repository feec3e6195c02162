package org.muster.scim.discovery;

import java.util.List;
import java.util.Set;
import org.muster.scim.policy.Limits;
import org.muster.storage.Capability;

/**
 * What a tenant's resources can do.
 *
 * @param capabilities those of the storage that the resources are in
 * @param defaultPageSize resources on a page if the client does not say
 * @param maxPageSize the most resources in one answer
 * @param maxOperations operations of a bulk request
 * @param maxPayloadBytes bytes of a bulk request
 * @param eventUris the security events that can be told of; none if nobody is told of them
 */
public record Features(
    Set<Capability> capabilities,
    int defaultPageSize,
    int maxPageSize,
    int maxOperations,
    long maxPayloadBytes,
    List<String> eventUris) {
  public Features {
    capabilities = Set.copyOf(capabilities);
    eventUris = List.copyOf(eventUris);
  }

  /** What a tenant with these limits can do. */
  static Features of(Set<Capability> capabilities, Limits limits, List<String> eventUris) {
    return new Features(
        capabilities,
        limits.defaultPageSize(),
        limits.maxPageSize(),
        limits.bulkOperations(),
        limits.bulkPayloadBytes(),
        eventUris);
  }
}
