package org.muster.retention;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.transaction.Transactional;
import java.time.Duration;
import java.time.Instant;
import java.util.UUID;
import org.muster.access.LeaseRepository;

/**
 * A lease in the database, for two minutes at a time. Should two nodes whose clocks disagree both
 * think that they have it, they get in each other's way and do no harm.
 */
@ApplicationScoped
class StoredLease implements Lease {
  private static final String NAME = "retention";
  private static final Duration TAKEN_FOR = Duration.ofMinutes(2);

  private final String node = UUID.randomUUID().toString();
  @Inject private LeaseRepository leases;

  @Override
  @Transactional(Transactional.TxType.REQUIRES_NEW)
  public boolean take() {
    Instant now = Instant.now();
    return leases.take(NAME, node, now, now.plus(TAKEN_FOR));
  }

  @Override
  @Transactional(Transactional.TxType.REQUIRES_NEW)
  public void release() {
    leases.release(NAME, node);
  }
}
