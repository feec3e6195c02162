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
import org.muster.kernel.TenantId;

/**
 * Says whose bearer secret it is. Answers are kept for ten seconds, so that a request costs no SQL;
 * a revocation on this node counts at once, one on another node after ten seconds. Thread-safe.
 */
public final class Authenticator {
  private static final Duration KEPT = Duration.ofSeconds(10);
  private static final int ACCEPTED_MOST = 50_000;
  private static final int REFUSED_MOST = 10_000;
  private static final int USED_MOST = 100_000;
  private static final long USE_NOTED_EVERY_MILLIS = 1_000;
  private static final Pattern ISSUED = Pattern.compile("mst_[A-Za-z0-9_-]{43}");

  private final TokenStore store;
  private final Optional<Admin> admin;
  private final Clock clock;
  private final Cache<String, Known> accepted;
  private final Cache<String, Boolean> refused;
  private final Set<String> used = ConcurrentHashMap.newKeySet();

  /**
   * An authenticator over the stored tokens.
   *
   * @param adminSecret the secret of the configured administrator, if there is one
   */
  Authenticator(TokenStore store, Optional<String> adminSecret, Clock clock, Ticker ticker) {
    this.store = store;
    this.admin = adminSecret.map(Admin::of);
    this.clock = clock;
    this.accepted = cache(ACCEPTED_MOST, ticker);
    this.refused = cache(REFUSED_MOST, ticker);
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
    Known known = known(hash);
    long now = clock.millis();
    if (known == null || now >= known.expiresMillis) {
      return Optional.empty();
    }
    noteUse(known, now);
    return Optional.of(known.caller);
  }

  /** Forgets what it knows of a secret with that hash; a lookup under way is forgotten too. */
  void forget(String hash) {
    accepted.invalidate(hash);
  }

  /** The ids of the tokens used since the last call. */
  Set<String> drainUsed() {
    Set<String> drained = new HashSet<>(used);
    used.removeAll(drained);
    return drained;
  }

  private @Nullable Known known(String hash) {
    Known known = accepted.getIfPresent(hash);
    if (known == null && refused.getIfPresent(hash) == null) {
      // The lookup holds the entry's lock, so forget() waits for it and removes its outcome.
      known = accepted.get(hash, this::find);
      if (known == null) {
        refused.put(hash, Boolean.TRUE);
      }
    }
    return known;
  }

  private @Nullable Known find(String hash) {
    Instant now = clock.instant();
    return store.byHash(hash).filter(token -> token.isLive(now)).map(Known::new).orElse(null);
  }

  private void noteUse(Known known, long now) {
    if (now - known.notedMillis >= USE_NOTED_EVERY_MILLIS && used.size() < USED_MOST) {
      known.notedMillis = now;
      used.add(known.caller.id());
    }
  }

  private static <V> Cache<String, V> cache(int most, Ticker ticker) {
    return Caffeine.newBuilder()
        .maximumSize(most)
        .expireAfterWrite(KEPT)
        .ticker(ticker)
        .executor(Runnable::run)
        .build();
  }

  /** The administrator of the configuration. */
  private record Admin(String hash, Caller caller) {
    static Admin of(String secret) {
      return new Admin(
          Secret.hash(secret),
          new Caller("admin", TenantId.DEFAULT, Optional.empty(), EnumSet.allOf(Scope.class)));
    }
  }

  /** An accepted token. */
  private static final class Known {
    final Caller caller;
    final long expiresMillis;
    volatile long notedMillis;

    Known(Token token) {
      this.caller = token.caller();
      this.expiresMillis = token.expires().map(Instant::toEpochMilli).orElse(Long.MAX_VALUE);
    }
  }
}
