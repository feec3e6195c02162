package org.muster.security.jwt;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.jwk.JWK;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.util.List;

/** The keys of all issuers; remembers a bounded number of places. Thread-safe. */
final class IssuerKeys {
  private static final int PLACES_MOST = 1_000;

  private final Cache<URI, RemoteKeys> places =
      Caffeine.newBuilder().maximumSize(PLACES_MOST).executor(Runnable::run).build();
  private final JwksFetcher fetcher;
  private final Duration interval;
  private final Clock clock;

  /**
   * Keys.
   *
   * @param interval the least time from one fetch of a place to the next
   */
  IssuerKeys(JwksFetcher fetcher, Duration interval, Clock clock) {
    this.fetcher = fetcher;
    this.interval = interval;
    this.clock = clock;
  }

  /** The keys that may have made a signature with that header. */
  List<JWK> candidates(KeySource source, JWSHeader header) {
    if (source instanceof KeySource.Fixed fixed) {
      return PublicKeys.candidates(fixed.keys(), header);
    }
    URI uri = ((KeySource.Remote) source).jwksUri();
    return places
        .get(uri, each -> new RemoteKeys(each, fetcher, interval, clock))
        .candidates(header);
  }
}
