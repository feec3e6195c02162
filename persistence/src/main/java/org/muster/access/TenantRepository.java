package org.muster.access;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.persistence.EntityManager;
import jakarta.persistence.PersistenceContext;
import java.util.List;
import java.util.Optional;
import org.muster.kernel.TenantId;

/** The tenants in the database. */
@ApplicationScoped
public class TenantRepository {
  @PersistenceContext(unitName = "muster")
  private EntityManager entities;

  /** For the container, which injects the entity manager. */
  protected TenantRepository() {}

  public TenantRepository(EntityManager entities) {
    this.entities = entities;
  }

  /** Tenants by ascending id, at most {@code limit} behind {@code after}. */
  public List<TenantId> ids(Optional<TenantId> after, int limit) {
    return Translated.call(
        () ->
            entities
                .createQuery(
                    "select t.id from Tenant t where t.id > :after order by t.id", String.class)
                .setParameter("after", after.map(TenantId::value).orElse(""))
                .setMaxResults(limit)
                .getResultStream()
                .map(TenantId::new)
                .toList());
  }

  /** Whether there is such a tenant. */
  public boolean exists(TenantId id) {
    return Translated.call(
        () ->
            !entities
                .createQuery("select t.id from Tenant t where t.id = :id", String.class)
                .setParameter("id", id.value())
                .getResultList()
                .isEmpty());
  }
}
