package org.muster.scim.discovery;

import java.util.Set;
import org.muster.storage.Capability;

/**
 * What a tenant's resources can do.
 *
 * @param capabilities those of the storage that the resources are in
 * @param defaultPageSize resources on a page if the client does not say
 * @param maxPageSize the most resources in one answer
 * @param maxOperations operations of a bulk request
 * @param maxPayloadBytes bytes of a bulk request
 */
public record Features(
    Set<Capability> capabilities,
    int defaultPageSize,
    int maxPageSize,
    int maxOperations,
    long maxPayloadBytes) {
  public Features {
    capabilities = Set.copyOf(capabilities);
  }
}
