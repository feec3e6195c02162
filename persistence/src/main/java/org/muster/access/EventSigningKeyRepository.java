package org.muster.access;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.persistence.EntityManager;
import jakarta.persistence.PersistenceContext;
import java.util.List;

/** The signing keys in the database; those that write need a transaction. */
@ApplicationScoped
public class EventSigningKeyRepository {
  private static final int MOST = 1_000;

  @PersistenceContext(unitName = "muster")
  private EntityManager entities;

  /** For the container, which injects the entity manager. */
  protected EventSigningKeyRepository() {}

  public EventSigningKeyRepository(EntityManager entities) {
    this.entities = entities;
  }

  /** All keys, the latest first. */
  public List<EventSigningKey> all() {
    return Translated.call(
        () ->
            entities
                .createQuery(
                    "select k from EventSigningKey k order by k.number desc", EventSigningKey.class)
                .setMaxResults(MOST)
                .getResultList());
  }

  /** Adds one; fails if its number is taken. */
  public void insert(EventSigningKey key) {
    Translated.call(
        () -> {
          entities.persist(key);
          entities.flush();
          return key;
        });
  }

  /** Removes those below a number. */
  public int removeBelow(long number) {
    return Translated.call(
        () ->
            entities
                .createQuery("delete from EventSigningKey k where k.number < :number")
                .setParameter("number", number)
                .executeUpdate());
  }
}
