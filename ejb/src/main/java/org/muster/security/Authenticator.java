package org.muster.security;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.Ticker;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.muster.directory.Directory;
import org.muster.directory.DirectorySpace;
import org.muster.kernel.TenantId;

/**
 * Says whose bearer secret it is. What the database says is kept in the directory, so that a
 * request costs no SQL; a revocation forgets it there. That a secret is unknown is remembered by
 * this node alone: what was refused once is never accepted. Thread-safe.
 */
public final class Authenticator {
  private static final Duration REFUSED_FOR = Duration.ofSeconds(10);
  private static final int REFUSED_MOST = 10_000;
  private static final int USED_MOST = 100_000;
  private static final Pattern ISSUED = Pattern.compile("mst_[A-Za-z0-9_-]{43}");

  private final TokenStore store;
  private final Optional<Admin> admin;
  private final Clock clock;
  private final DirectorySpace<KnownToken> accepted;
  private final Cache<String, Boolean> refused;
  private final Set<String> used = ConcurrentHashMap.newKeySet();

  /**
   * An authenticator over the stored tokens.
   *
   * @param adminSecret the secret of the configured administrator, if there is one
   */
  Authenticator(
      TokenStore store,
      Directory directory,
      Optional<String> adminSecret,
      Clock clock,
      Ticker ticker) {
    this.store = store;
    this.admin = adminSecret.map(Admin::of);
    this.clock = clock;
    this.accepted =
        directory.space(Directory.Kind.TOKENS, this::find, (hash, text) -> KnownToken.read(text));
    this.refused =
        Caffeine.newBuilder()
            .maximumSize(REFUSED_MOST)
            .expireAfterWrite(REFUSED_FOR)
            .ticker(ticker)
            .executor(Runnable::run)
            .build();
  }

  /** The bearer of the secret; empty if the secret is unknown, expired or revoked. */
  public Optional<Caller> authenticate(String secret) {
    String hash = Secret.hash(secret);
    if (admin.isPresent() && Secret.same(admin.get().hash(), hash)) {
      return Optional.of(admin.get().caller());
    }
    if (!ISSUED.matcher(secret).matches()) {
      return Optional.empty();
    }
    KnownToken known = known(hash);
    long now = clock.millis();
    if (known == null || now >= known.expiresMillis()) {
      return Optional.empty();
    }
    if (known.isToBeNoted(now) && used.size() < USED_MOST) {
      used.add(known.caller().id());
    }
    return known.found();
  }

  /** Forgets what it knows of a secret with that hash; a lookup under way is forgotten too. */
  void forget(String hash) {
    accepted.forget(hash);
  }

  /** The ids of the tokens used since the last call. */
  Set<String> drainUsed() {
    Set<String> drained = new HashSet<>(used);
    used.removeAll(drained);
    return drained;
  }

  private @Nullable KnownToken known(String hash) {
    if (!refused.asMap().isEmpty() && refused.getIfPresent(hash) != null) {
      return null;
    }
    Optional<KnownToken> known = accepted.get(hash);
    if (known.isEmpty()) {
      refused.put(hash, Boolean.TRUE);
    }
    return known.orElse(null);
  }

  private Optional<String> find(String hash) {
    Instant now = clock.instant();
    return store.byHash(hash).filter(token -> token.isLive(now)).map(KnownToken::write);
  }

  /** The administrator of the configuration. */
  private record Admin(String hash, Caller caller) {
    static Admin of(String secret) {
      return new Admin(
          Secret.hash(secret),
          new Caller("admin", TenantId.DEFAULT, Optional.empty(), EnumSet.allOf(Scope.class)));
    }
  }
}
