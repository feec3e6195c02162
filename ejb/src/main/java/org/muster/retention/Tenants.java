package org.muster.retention;

import java.util.List;
import java.util.Optional;
import org.muster.kernel.TenantId;

/** The tenants whose tombstones are looked at. Thread-safe. */
@FunctionalInterface
public interface Tenants {
  /** Tenants by ascending id, at most {@code limit} behind {@code after}. */
  List<TenantId> page(Optional<TenantId> after, int limit);
}
