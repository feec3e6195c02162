package org.muster.storage.wiring;

import java.time.Duration;
import java.time.Instant;
import org.muster.access.Tenant;

/** Whether a tenant is the one that had its id at a time: it may have come after another. */
final class SameTenant {
  /**
   * By how much the clocks of nodes may differ: less than the time for which the id of a tenant
   * that was deleted is given to nobody.
   */
  static final Duration CLOCKS = Duration.ofSeconds(10);

  private SameTenant() {}

  static boolean is(Tenant found, Instant time) {
    return found.state() != Tenant.State.DELETING && !found.created().isAfter(time.plus(CLOCKS));
  }
}
