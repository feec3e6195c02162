package org.muster.access;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.persistence.EntityManager;
import jakarta.persistence.PersistenceContext;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.muster.access.Definition.Kind;
import org.muster.kernel.TenantId;

/** The definitions of the tenants in the database; those that write need a transaction. */
@ApplicationScoped
public class DefinitionRepository {
  @PersistenceContext(unitName = "muster")
  private EntityManager entities;

  /** For the container, which injects the entity manager. */
  protected DefinitionRepository() {}

  public DefinitionRepository(EntityManager entities) {
    this.entities = entities;
  }

  /** All definitions of a tenant, in the order of their registration. */
  public List<Definition> of(TenantId tenant) {
    return Translated.call(
        () ->
            entities
                .createQuery(
                    "select d from Definition d where d.tenant = :tenant order by d.place, d.id",
                    Definition.class)
                .setParameter("tenant", tenant.value())
                .setHint("eclipselink.refresh", "true")
                .getResultList());
  }

  /** The version of the tenant's definitions; 0 if it never had any. */
  public long version(TenantId tenant) {
    return Translated.call(() -> versionOf(tenant.value()));
  }

  /** The names whose definitions have changed behind a version, "*" for all, with the new one. */
  public Map<String, Long> changedAfter(long version) {
    return Translated.call(
        () ->
            entities
                .createQuery(
                    "select v from DefinitionVersion v where v.version > :version",
                    DefinitionVersion.class)
                .setParameter("version", version)
                .setHint("eclipselink.refresh", "true")
                .getResultStream()
                .collect(Collectors.toMap(DefinitionVersion::tenant, DefinitionVersion::version)));
  }

  /**
   * Begins a change of definitions; nobody else changes any until the transaction ends.
   *
   * @return the version that the change makes
   */
  public long advance() {
    return Translated.call(
        () -> {
          entities
              .createQuery(
                  "update DefinitionVersion v set v.version = v.version + 1 where v.tenant = :all")
              .setParameter("all", DefinitionVersion.ALL)
              .executeUpdate();
          return versionOf(DefinitionVersion.ALL);
        });
  }

  /** Ends a change: the version of the tenant's definitions from now on. */
  public void version(TenantId tenant, long version) {
    Translated.call(
        () -> {
          int rows =
              entities
                  .createQuery(
                      "update DefinitionVersion v set v.version = :version"
                          + " where v.tenant = :tenant")
                  .setParameter("version", version)
                  .setParameter("tenant", tenant.value())
                  .executeUpdate();
          if (rows == 0) {
            entities.persist(new DefinitionVersion(tenant.value(), version));
            entities.flush();
          }
          return rows;
        });
  }

  /** Adds a definition, or replaces the one of that kind and name. */
  public void put(Definition definition) {
    Translated.call(
        () -> {
          int rows =
              entities
                  .createQuery(
                      "update Definition d set d.version = :version, d.changedMillis = :changed,"
                          + " d.body = :body, d.pending = :pending, d.unindexed = :unindexed where d.id = :id")
                  .setParameter("version", definition.version())
                  .setParameter("changed", definition.changed().toEpochMilli())
                  .setParameter("body", definition.body())
                  .setParameter("pending", String.join(" ", definition.pending()))
                  .setParameter("unindexed", String.join(" ", definition.unindexed()))
                  .setParameter("id", definition.id())
                  .executeUpdate();
          if (rows == 0) {
            entities.persist(definition);
            entities.flush();
          }
          return rows;
        });
  }

  /** Removes a definition; false if there is none. */
  public boolean delete(TenantId tenant, Kind kind, String name) {
    return Translated.call(
        () ->
            entities
                    .createQuery("delete from Definition d where d.id = :id")
                    .setParameter("id", Definition.id(tenant, kind, name))
                    .executeUpdate()
                > 0);
  }

  /** Those that were changed before a time and have pending attributes, at most {@code limit}. */
  public List<Definition> pending(Instant before, int limit) {
    return Translated.call(
        () ->
            entities
                .createQuery(
                    "select d from Definition d where d.pending <> '' and d.changedMillis < :before"
                        + " order by d.changedMillis",
                    Definition.class)
                .setParameter("before", before.toEpochMilli())
                .setHint("eclipselink.refresh", "true")
                .setMaxResults(limit)
                .getResultList());
  }

  private long versionOf(String tenant) {
    return entities
        .createQuery(
            "select v.version from DefinitionVersion v where v.tenant = :tenant", Long.class)
        .setParameter("tenant", tenant)
        .getResultStream()
        .findFirst()
        .orElse(0L);
  }
}
