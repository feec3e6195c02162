package org.muster.security;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.muster.kernel.TenantId;

/** Keeps tokens by id and by hash. Each call is one transaction. Thread-safe. */
interface TokenStore {
  /** The token whose secret has that hash, revoked and expired ones included. */
  Optional<Token> byHash(String hash);

  /** The token, revoked and expired ones included. */
  Optional<Token> byId(String id);

  /** Adds a token that does not exist yet. */
  void add(Token token, String hash);

  /**
   * Tokens by ascending id, at most {@code limit}, revoked and expired ones included.
   *
   * @param tenant only those of the tenant, if given
   * @param without only those that have none of these scopes
   * @param after only those with a larger id, if given
   */
  List<Token> page(
      Optional<TenantId> tenant, Set<Scope> without, Optional<String> after, int limit);

  /** Revokes a token, if it is not revoked yet; the hash of its secret if there is a token. */
  Optional<String> revoke(String id, Instant at);

  /** Sets the last use of all these tokens in one statement. */
  void touch(Set<String> ids, Instant at);

  /** Whether a token with the scope is live at that time. */
  boolean anyLive(Scope scope, Instant at);
}
