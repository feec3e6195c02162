package org.muster.access;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.persistence.EntityManager;
import jakarta.persistence.PersistenceContext;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import org.muster.kernel.TenantId;

/** The access tokens in the database; those that write need a transaction. */
@ApplicationScoped
public class TokenRepository {
  @PersistenceContext(unitName = "muster")
  private EntityManager entities;

  /** For the container, which injects the entity manager. */
  protected TokenRepository() {}

  public TokenRepository(EntityManager entities) {
    this.entities = entities;
  }

  /** Adds a token. */
  public void insert(AccessToken token) {
    entities.persist(token);
    entities.flush();
  }

  /** The token whose secret has this SHA-256, revoked or not. */
  public Optional<AccessToken> byHash(byte[] hash) {
    return entities
        .createQuery("select t from AccessToken t where t.hash = :hash", AccessToken.class)
        .setParameter("hash", hash)
        .getResultStream()
        .findFirst();
  }

  /** The token with this id, if it is of the tenant. */
  public Optional<AccessToken> byId(TenantId tenant, String id) {
    return Optional.ofNullable(entities.find(AccessToken.class, id))
        .filter(token -> token.tenant().equals(tenant));
  }

  /** Tokens of a tenant by id, at most {@code limit} behind {@code after}. */
  public List<AccessToken> page(TenantId tenant, Optional<String> after, int limit) {
    return entities
        .createQuery(
            "select t from AccessToken t where t.tenant = :tenant and t.id > :after order by t.id",
            AccessToken.class)
        .setParameter("tenant", tenant.value())
        .setParameter("after", after.orElse(""))
        .setMaxResults(limit)
        .getResultList();
  }

  /** Revokes a token of a tenant; false if there is none that is not revoked already. */
  public boolean revoke(TenantId tenant, String id, Instant time) {
    return entities
            .createQuery(
                "update AccessToken t set t.revokedMillis = :time"
                    + " where t.id = :id and t.tenant = :tenant and t.revokedMillis is null")
            .setParameter("time", time.toEpochMilli())
            .setParameter("id", id)
            .setParameter("tenant", tenant.value())
            .executeUpdate()
        > 0;
  }

  /** Notes that these tokens, at most 1,000, were used; one statement. */
  public void touch(Collection<String> ids, Instant time) {
    if (!ids.isEmpty()) {
      entities
          .createQuery("update AccessToken t set t.lastUsedMillis = :time where t.id in :ids")
          .setParameter("time", time.toEpochMilli())
          .setParameter("ids", ids)
          .executeUpdate();
    }
  }
}
