package org.muster.access;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.persistence.EntityManager;
import jakarta.persistence.PersistenceContext;
import java.util.List;
import java.util.Optional;
import org.muster.kernel.TenantId;

/** The tenants in the database; those that write need a transaction. */
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

  /** Whether there is such a tenant, and it is not being deleted. */
  public boolean exists(TenantId id) {
    return Translated.call(
        () ->
            !entities
                .createQuery(
                    "select t.id from Tenant t where t.id = :id and t.state <> :gone", String.class)
                .setParameter("id", id.value())
                .setParameter("gone", Tenant.State.DELETING)
                .getResultList()
                .isEmpty());
  }

  /** The tenant, whatever its state. */
  public Optional<Tenant> find(TenantId id) {
    return Translated.call(
        () ->
            entities
                .createQuery("select t from Tenant t where t.id = :id", Tenant.class)
                .setParameter("id", id.value())
                .getResultStream()
                .findFirst());
  }

  /** Tenants by id, at most {@code limit} behind {@code after}. */
  public List<Tenant> page(Optional<String> after, int limit) {
    return Translated.call(
        () ->
            entities
                .createQuery(
                    "select t from Tenant t where t.id > :after order by t.id", Tenant.class)
                .setParameter("after", after.orElse(""))
                .setMaxResults(limit)
                .getResultList());
  }

  /** Those that are being deleted, at most {@code limit}. */
  public List<Tenant> deleting(int limit) {
    return Translated.call(
        () ->
            entities
                .createQuery(
                    "select t from Tenant t where t.state = :state order by t.id", Tenant.class)
                .setParameter("state", Tenant.State.DELETING)
                .setMaxResults(limit)
                .getResultList());
  }

  /** Adds a tenant; fails if there is one of that id. */
  public void insert(Tenant tenant) {
    Translated.call(
        () -> {
          entities.persist(tenant);
          entities.flush();
          return tenant;
        });
  }

  /** Changes a tenant that still is as it was read; false if it is not. */
  public boolean change(Tenant read, Tenant.State state, String settings) {
    return Translated.call(
        () ->
            entities
                    .createQuery(
                        "update Tenant t set t.state = :state, t.settings = :settings"
                            + " where t.id = :id and t.state = :oldState"
                            + " and t.settings = :oldSettings")
                    .setParameter("state", state)
                    .setParameter("settings", settings)
                    .setParameter("id", read.id().value())
                    .setParameter("oldState", read.state())
                    .setParameter("oldSettings", read.settings())
                    .executeUpdate()
                > 0);
  }

  /** Removes a tenant that is being deleted, with its tokens and issuers. */
  public void remove(TenantId id) {
    removeCredentials(id);
    Translated.call(
        () ->
            entities
                .createQuery("delete from Tenant t where t.id = :id and t.state = :state")
                .setParameter("id", id.value())
                .setParameter("state", Tenant.State.DELETING)
                .executeUpdate());
  }

  /** Removes the tokens and issuers of a tenant; whether there were any. */
  public boolean removeCredentials(TenantId id) {
    int removed = 0;
    for (String entity : List.of("AccessToken", "TokenIssuer")) {
      removed +=
          Translated.call(
              () ->
                  entities
                      .createQuery("delete from " + entity + " e where e.tenant = :tenant")
                      .setParameter("tenant", id.value())
                      .executeUpdate());
    }
    return removed > 0;
  }
}
