package org.muster.access;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.persistence.EntityManager;
import jakarta.persistence.PersistenceContext;
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
