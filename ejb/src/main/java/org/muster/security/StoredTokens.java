package org.muster.security;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.transaction.Transactional;
import java.time.Instant;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.muster.access.AccessToken;
import org.muster.access.TokenRepository;
import org.muster.kernel.TenantId;

/** Keeps tokens in the database. */
@ApplicationScoped
class StoredTokens implements TokenStore {
  private static final int TOUCHED_AT_ONCE = 1_000;

  @Inject private TokenRepository tokens;

  /** Outside of the caller's transaction: what it says is kept for others. */
  @Override
  @Transactional(Transactional.TxType.NOT_SUPPORTED)
  public Optional<Token> byHash(String hash) {
    return tokens.byHash(HexFormat.of().parseHex(hash)).map(StoredTokens::token);
  }

  @Override
  public Optional<Token> byId(String id) {
    return tokens.byId(id).map(StoredTokens::token);
  }

  @Override
  @Transactional
  public void add(Token token, String hash) {
    AccessToken row =
        new AccessToken(
            token.id(),
            token.tenant(),
            HexFormat.of().parseHex(hash),
            token.scopes().stream().map(Scope::word).collect(Collectors.toSet()),
            token.subject(),
            token.created(),
            token.expires());
    tokens.insert(row);
  }

  @Override
  public List<Token> page(
      Optional<TenantId> tenant, Set<Scope> without, Optional<String> after, int limit) {
    List<String> words = without.stream().map(Scope::word).toList();
    return tokens.page(tenant, words, after, limit).stream().map(StoredTokens::token).toList();
  }

  @Override
  @Transactional
  public Optional<String> revoke(String id, Instant at) {
    Optional<AccessToken> token = tokens.byId(id);
    token.ifPresent(found -> tokens.revoke(id, at));
    return token.map(found -> HexFormat.of().formatHex(found.hash()));
  }

  @Override
  @Transactional
  public void touch(Set<String> ids, Instant at) {
    List<String> all = List.copyOf(ids);
    for (int from = 0; from < all.size(); from += TOUCHED_AT_ONCE) {
      List<String> some = all.subList(from, Math.min(all.size(), from + TOUCHED_AT_ONCE));
      tokens.touch(some, at);
    }
  }

  @Override
  public boolean anyLive(Scope scope, Instant at) {
    return tokens.anyValid(scope.word(), at);
  }

  private static Token token(AccessToken row) {
    return new Token(
        row.id(),
        row.tenant(),
        row.subject(),
        row.scopes().stream().flatMap(word -> Scope.of(word).stream()).collect(Collectors.toSet()),
        row.created(),
        row.expires(),
        row.lastUsed(),
        row.revoked());
  }
}
