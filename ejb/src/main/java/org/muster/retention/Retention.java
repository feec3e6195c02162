package org.muster.retention;

import java.time.Duration;
import java.util.Optional;
import org.muster.kernel.TenantId;

/** How long what was deleted is kept. Thread-safe. */
@FunctionalInterface
public interface Retention {
  /** The time from the deletion to the purge; empty for ever. Asked once a tenant and run. */
  Optional<Duration> of(TenantId tenant);
}
