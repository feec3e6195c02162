package org.muster.signal.token;

import com.github.benmanes.caffeine.cache.Ticker;
import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.KeyUse;
import com.nimbusds.jose.jwk.gen.ECKeyGenerator;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.muster.storage.StorageException;

/**
 * The keys that security event tokens are signed with, ES256 (RFC 7518 section 3.4): the latest one
 * signs; those before it are published for some time, so that tokens that were signed with them can
 * be verified. The first is made when it is needed. Thread-safe.
 */
public final class SigningKeys {
  /** For how long others may keep what can be verified with. */
  public static final Duration KEPT = Duration.ofSeconds(20);

  /** After which a node notices that another one has made a key. */
  private static final Duration REFRESH = Duration.ofSeconds(30);

  /** After which all have a key that want it, so that tokens may be signed with it. */
  private static final Duration SETTLED = REFRESH.multipliedBy(2);

  private final SigningKeyStore store;
  private final Duration published;
  private final Clock clock;
  private final Ticker ticker;
  private @Nullable Known known;

  private record Known(List<SigningKey> keys, long readNanos) {}

  /**
   * The keys of a store.
   *
   * @param published for how long a key is published when another one has taken its place
   */
  SigningKeys(SigningKeyStore store, Duration published, Clock clock, Ticker ticker) {
    this.store = store;
    this.published = published;
    this.clock = clock;
    this.ticker = ticker;
  }

  /** The key that signs: the latest one that all nodes publish. */
  ECKey current() {
    List<SigningKey> keys = keys();
    Instant settled = clock.instant().minus(SETTLED);
    return keys.stream()
        .filter(key -> !key.created().isAfter(settled))
        .findFirst()
        .orElse(keys.get(keys.size() - 1))
        .pair();
  }

  /** What the tokens can be verified with (RFC 7517). */
  public JWKSet verification() {
    Instant now = clock.instant();
    List<SigningKey> keys = keys();
    List<JWK> shown = new ArrayList<>();
    for (int i = 0; i < keys.size(); i++) {
      if (i == 0 || keys.get(i - 1).created().plus(published).isAfter(now)) {
        shown.add(keys.get(i).pair().toPublicJWK());
      }
    }
    return new JWKSet(shown);
  }

  /**
   * Publishes a new key, which signs when all nodes publish it, a minute later. Keys that are not
   * published any more are removed.
   *
   * @return the id of the new key
   */
  public synchronized String rotate() {
    List<SigningKey> before = store.all();
    List<SigningKey> after = make(before);
    Instant now = clock.instant();
    for (int i = 1; i < after.size(); i++) {
      if (!after.get(i - 1).created().plus(published).isAfter(now)) {
        store.removeBelow(after.get(i - 1).number());
        break;
      }
    }
    keep(after);
    return after.get(0).pair().getKeyID();
  }

  private synchronized List<SigningKey> keys() {
    Known kept = known;
    if (kept != null && ticker.read() - kept.readNanos() < REFRESH.toNanos()) {
      return kept.keys();
    }
    List<SigningKey> keys = store.all();
    return keep(keys.isEmpty() ? make(keys) : keys);
  }

  private List<SigningKey> keep(List<SigningKey> keys) {
    known = new Known(keys, ticker.read());
    return keys;
  }

  /** Adds a key to those that there are, or finds that another node has done so. */
  private List<SigningKey> make(List<SigningKey> before) {
    long number = latest(before) + 1;
    SigningKey key =
        new SigningKey(number, generate(), clock.instant().truncatedTo(ChronoUnit.MILLIS));
    try {
      store.add(key);
    } catch (StorageException e) {
      if (latest(store.all()) < number) { // else another node was faster
        throw e;
      }
    }
    return store.all();
  }

  private static long latest(List<SigningKey> keys) {
    return keys.isEmpty() ? 0 : keys.get(0).number();
  }

  private static ECKey generate() {
    try {
      return new ECKeyGenerator(Curve.P_256)
          .keyUse(KeyUse.SIGNATURE)
          .algorithm(JWSAlgorithm.ES256)
          .keyIDFromThumbprint(true)
          .generate();
    } catch (JOSEException e) {
      throw new IllegalStateException("Every Java platform has P-256", e);
    }
  }
}
