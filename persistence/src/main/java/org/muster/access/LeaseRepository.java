package org.muster.access;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.persistence.EntityManager;
import jakarta.persistence.PersistenceContext;
import java.time.Instant;

/**
 * The leases in the database, a row each that is always there; every method needs a transaction and
 * is one statement. Times are those of the nodes, whose clocks have to agree to a few seconds.
 */
@ApplicationScoped
public class LeaseRepository {
  @PersistenceContext(unitName = "muster")
  private EntityManager entities;

  /** For the container, which injects the entity manager. */
  protected LeaseRepository() {}

  public LeaseRepository(EntityManager entities) {
    this.entities = entities;
  }

  /**
   * Takes a lease that is over, or keeps the holder's own for longer.
   *
   * @return whether {@code holder} has it now
   */
  public boolean take(String name, String holder, Instant now, Instant until) {
    return Translated.call(
        () ->
            entities
                    .createQuery(
                        "update Lease l set l.holder = :holder, l.untilMillis = :until"
                            + " where l.name = :name"
                            + " and (l.untilMillis <= :now or l.holder = :holder)")
                    .setParameter("holder", holder)
                    .setParameter("until", until.toEpochMilli())
                    .setParameter("name", name)
                    .setParameter("now", now.toEpochMilli())
                    .executeUpdate()
                == 1);
  }

  /** Ends a lease, if {@code holder} has it. */
  public void release(String name, String holder) {
    Translated.call(
        () ->
            entities
                .createQuery(
                    "update Lease l set l.untilMillis = 0"
                        + " where l.name = :name and l.holder = :holder")
                .setParameter("name", name)
                .setParameter("holder", holder)
                .executeUpdate());
  }
}
