package org.muster.access;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.persistence.EntityManager;
import jakarta.persistence.PersistenceContext;
import jakarta.persistence.TypedQuery;
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
    Translated.call(
        () -> {
          entities.persist(token);
          entities.flush();
          return token;
        });
  }

  /** The token whose secret has this SHA-256, revoked or not. */
  public Optional<AccessToken> byHash(byte[] hash) {
    return Translated.call(
        () ->
            entities
                .createQuery("select t from AccessToken t where t.hash = :hash", AccessToken.class)
                .setParameter("hash", hash)
                .getResultStream()
                .findFirst());
  }

  /** The token with this id, revoked or not. */
  public Optional<AccessToken> byId(String id) {
    return Translated.call(
        () ->
            entities
                .createQuery("select t from AccessToken t where t.id = :id", AccessToken.class)
                .setParameter("id", id)
                .getResultStream()
                .findFirst());
  }

  /**
   * Tokens by id, of one tenant or of all, that have none of the scopes {@code without}, at most
   * {@code limit} behind {@code after}.
   */
  public List<AccessToken> page(
      Optional<TenantId> tenant, List<String> without, Optional<String> after, int limit) {
    StringBuilder text =
        new StringBuilder(
            "select t from AccessToken t where (:tenant = '' or t.tenant = :tenant)"
                + " and t.id > :after");
    for (int i = 0; i < without.size(); i++) {
      text.append(" and concat(' ', t.scopes, ' ') not like :scope").append(i);
    }
    return Translated.call(
        () -> {
          TypedQuery<AccessToken> query =
              entities
                  .createQuery(text.append(" order by t.id").toString(), AccessToken.class)
                  .setParameter("tenant", tenant.map(TenantId::value).orElse(""))
                  .setParameter("after", after.orElse(""))
                  .setMaxResults(limit);
          for (int i = 0; i < without.size(); i++) {
            query.setParameter("scope" + i, "% " + without.get(i) + " %");
          }
          return query.getResultList();
        });
  }

  /** Revokes a token; false if there is none that is not revoked already. */
  public boolean revoke(String id, Instant time) {
    return Translated.call(
        () ->
            entities
                    .createQuery(
                        "update AccessToken t set t.revokedMillis = :time"
                            + " where t.id = :id and t.revokedMillis is null")
                    .setParameter("time", time.toEpochMilli())
                    .setParameter("id", id)
                    .executeUpdate()
                > 0);
  }

  /** Whether a token with the scope is neither revoked nor past its expiry. */
  public boolean anyValid(String scope, Instant time) {
    return Translated.call(
        () ->
            !entities
                .createQuery(
                    "select t.id from AccessToken t where concat(' ', t.scopes, ' ') like :scope"
                        + " and t.revokedMillis is null"
                        + " and (t.expiresMillis is null or t.expiresMillis > :time)",
                    String.class)
                .setParameter("scope", "% " + scope + " %")
                .setParameter("time", time.toEpochMilli())
                .setMaxResults(1)
                .getResultList()
                .isEmpty());
  }

  /** Notes that these tokens, at most 1,000, were used; one statement. */
  public void touch(Collection<String> ids, Instant time) {
    if (!ids.isEmpty()) {
      Translated.call(
          () ->
              entities
                  .createQuery(
                      "update AccessToken t set t.lastUsedMillis = :time where t.id in :ids")
                  .setParameter("time", time.toEpochMilli())
                  .setParameter("ids", ids)
                  .executeUpdate());
    }
  }
}
