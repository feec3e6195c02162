package org.muster.storage.behind;

import java.util.LinkedHashSet;
import java.util.Set;
import java.util.TreeSet;

/**
 * What is going on of one tenant: either writes are acknowledged early, or others go through to the
 * store, not both at once. Guarded by {@link Guard}.
 */
final class TenantTurn {
  /** Those that are being acknowledged. */
  int early;

  /** Those that go through, until their transactions have ended; those that wait for it too. */
  int through;

  /** Who waits until all that is pending has been written. */
  int drains;

  /** How many that are pending may change what others show. */
  int relabelling;

  /** The places of those that are pending. */
  final TreeSet<Long> tickets = new TreeSet<>();

  final Set<Chain> chains = new LinkedHashSet<>();

  boolean isIdle() {
    return early == 0 && through == 0 && drains == 0 && tickets.isEmpty() && chains.isEmpty();
  }
}
