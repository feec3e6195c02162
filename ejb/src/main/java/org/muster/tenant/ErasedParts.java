package org.muster.tenant;

import java.util.List;
import org.muster.kernel.TenantId;

/**
 * What of a tenant is erased, in which order: keys only when nothing is left that they open. Who
 * reads the events of all tenants would else come upon some that can't be opened.
 */
final class ErasedParts {
  private final List<Part> contents;
  private final Part keys;

  /** Something that a tenant has. */
  @FunctionalInterface
  interface Part {
    /** Removes some; returns about how many rows, 0 if nothing is left. */
    long erase(TenantId tenant, int most);
  }

  ErasedParts(List<Part> contents, Part keys) {
    this.contents = contents;
    this.keys = keys;
  }

  /** Removes some of each; returns how much, 0 at the end. */
  long erase(TenantId tenant, int most) {
    long removed = 0;
    for (Part part : contents) {
      removed += part.erase(tenant, most);
    }
    return removed > 0 ? removed : keys.erase(tenant, most);
  }
}
