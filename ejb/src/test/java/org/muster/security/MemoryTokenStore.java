package org.muster.security;

import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicInteger;
import org.muster.kernel.TenantId;

/** Tokens in memory; counts lookups by hash. */
final class MemoryTokenStore implements TokenStore {
  final AtomicInteger lookups = new AtomicInteger();
  final AtomicInteger touches = new AtomicInteger();
  private final Map<String, Token> byId = new TreeMap<>();
  private final Map<String, String> idByHash = new HashMap<>();
  Runnable duringLookup = () -> {};

  @Override
  public Optional<Token> byHash(String hash) {
    lookups.incrementAndGet();
    Optional<Token> found;
    synchronized (this) {
      found = Optional.ofNullable(idByHash.get(hash)).map(byId::get);
    }
    duringLookup.run();
    return found;
  }

  @Override
  public synchronized Optional<Token> byId(String id) {
    return Optional.ofNullable(byId.get(id));
  }

  @Override
  public synchronized void add(Token token, String hash) {
    byId.put(token.id(), token);
    idByHash.put(hash, token.id());
  }

  @Override
  public synchronized List<Token> page(
      Optional<TenantId> tenant, Set<Scope> without, Optional<String> after, int limit) {
    return byId.values().stream()
        .filter(token -> token.scopes().stream().noneMatch(without::contains))
        .filter(token -> tenant.map(token.tenant()::equals).orElse(true))
        .filter(token -> after.map(id -> token.id().compareTo(id) > 0).orElse(true))
        .limit(limit)
        .toList();
  }

  @Override
  public synchronized Optional<String> revoke(String id, Instant at) {
    Token old = byId.get(id);
    if (old == null) {
      return Optional.empty();
    }
    byId.put(
        id,
        new Token(
            id,
            old.tenant(),
            old.subject(),
            old.scopes(),
            old.created(),
            old.expires(),
            old.lastUsed(),
            old.revoked().or(() -> Optional.of(at))));
    return idByHash.entrySet().stream()
        .filter(entry -> entry.getValue().equals(id))
        .map(Map.Entry::getKey)
        .findFirst();
  }

  @Override
  public void touch(Set<String> ids, Instant at) {
    touches.incrementAndGet();
  }

  @Override
  public synchronized boolean anyLive(Scope scope, Instant at) {
    return byId.values().stream().anyMatch(t -> t.scopes().contains(scope) && t.isLive(at));
  }
}
