package org.muster.access;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.persistence.EntityManager;
import jakarta.persistence.PersistenceContext;
import java.util.List;
import java.util.Optional;
import org.muster.kernel.TenantId;

/** The issuers of tokens in the database; those that write need a transaction. */
@ApplicationScoped
public class TokenIssuerRepository {
  private static final int OF_ONE_NAME_MOST = 1_000;

  @PersistenceContext(unitName = "muster")
  private EntityManager entities;

  /** For the container, which injects the entity manager. */
  protected TokenIssuerRepository() {}

  public TokenIssuerRepository(EntityManager entities) {
    this.entities = entities;
  }

  /** Those of that name, of all tenants, at most 1,000. */
  public List<TokenIssuer> byName(String issuer) {
    return Translated.call(
        () ->
            entities
                .createQuery(
                    "select i from TokenIssuer i where i.issuer = :issuer order by i.audience",
                    TokenIssuer.class)
                .setParameter("issuer", issuer)
                .setMaxResults(OF_ONE_NAME_MOST)
                .getResultList());
  }

  /** One of a tenant. */
  public Optional<TokenIssuer> byId(TenantId tenant, String id) {
    return Translated.call(
        () ->
            entities
                .createQuery(
                    "select i from TokenIssuer i where i.id = :id and i.tenant = :tenant",
                    TokenIssuer.class)
                .setParameter("id", id)
                .setParameter("tenant", tenant.value())
                .getResultStream()
                .findFirst());
  }

  /** Those of a tenant by id, at most {@code limit} behind {@code after}. */
  public List<TokenIssuer> page(TenantId tenant, Optional<String> after, int limit) {
    return Translated.call(
        () ->
            entities
                .createQuery(
                    "select i from TokenIssuer i where i.tenant = :tenant and i.id > :after"
                        + " order by i.id",
                    TokenIssuer.class)
                .setParameter("tenant", tenant.value())
                .setParameter("after", after.orElse(""))
                .setMaxResults(limit)
                .getResultList());
  }

  /** Adds one; fails if its issuer and audience are taken. */
  public void insert(TokenIssuer issuer) {
    Translated.call(
        () -> {
          entities.persist(issuer);
          entities.flush();
          return issuer;
        });
  }

  /** Replaces one; false if there is none of that id and tenant. */
  public boolean replace(TokenIssuer issuer) {
    return Translated.call(
        () ->
            entities
                    .createQuery(
                        "update TokenIssuer i set i.issuer = :issuer, i.audience = :audience,"
                            + " i.settings = :settings where i.id = :id and i.tenant = :tenant")
                    .setParameter("issuer", issuer.issuer())
                    .setParameter("audience", issuer.audience())
                    .setParameter("settings", issuer.settings())
                    .setParameter("id", issuer.id())
                    .setParameter("tenant", issuer.tenant().value())
                    .executeUpdate()
                > 0);
  }

  /** Removes one; false if there is none of that id and tenant. */
  public boolean remove(TenantId tenant, String id) {
    return Translated.call(
        () ->
            entities
                    .createQuery(
                        "delete from TokenIssuer i where i.id = :id and i.tenant = :tenant")
                    .setParameter("id", id)
                    .setParameter("tenant", tenant.value())
                    .executeUpdate()
                > 0);
  }
}
