package org.muster.security.jwt;

import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.jwk.JWK;
import java.io.IOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.locks.ReentrantLock;

/**
 * The keys that an issuer publishes. They are fetched anew when they are old or a token names one
 * that is not among them, but not too often; where that fails, the old ones hold for a day. Whoever
 * has keys does not wait for another's fetch. Thread-safe.
 */
final class RemoteKeys {
  private static final Logger LOG = System.getLogger(RemoteKeys.class.getName());
  private static final Duration FRESH = Duration.ofMinutes(15);
  private static final Duration VALID = Duration.ofDays(1);
  private static final long NEVER = Long.MIN_VALUE / 2;

  private final URI uri;
  private final JwksFetcher fetcher;
  private final Duration interval;
  private final Clock clock;
  private final ReentrantLock fetching = new ReentrantLock();
  private volatile Fetched fetched = new Fetched(List.of(), NEVER);
  private volatile long triedMillis = NEVER;

  private record Fetched(List<JWK> keys, long millis) {}

  /**
   * The keys of a place.
   *
   * @param interval the least time from one fetch to the next
   */
  RemoteKeys(URI uri, JwksFetcher fetcher, Duration interval, Clock clock) {
    this.uri = uri;
    this.fetcher = fetcher;
    this.interval = interval;
    this.clock = clock;
  }

  /** The keys that may have made a signature with that header. */
  List<JWK> candidates(JWSHeader header) {
    long now = clock.millis();
    if (now - fetched.millis() > FRESH.toMillis()) {
      refresh(now);
    }
    List<JWK> found = find(header, now);
    if (found.isEmpty() && refresh(now)) {
      found = find(header, now);
    }
    return found;
  }

  private List<JWK> find(JWSHeader header, long now) {
    Fetched known = fetched;
    return now - known.millis() > VALID.toMillis()
        ? List.of()
        : PublicKeys.candidates(known.keys(), header);
  }

  /** Fetches, if it is time; whether there may be other keys than before. */
  private boolean refresh(long now) {
    if (now - triedMillis < interval.toMillis()) {
      return false;
    }
    if (!fetching.tryLock()) {
      if (!fetched.keys().isEmpty()) {
        return false;
      }
      fetching.lock();
    }
    try {
      if (now - triedMillis < interval.toMillis()) {
        return true; // another has just done it
      }
      triedMillis = now;
      fetched = new Fetched(PublicKeys.usable(fetcher.fetch(uri)), now);
      return true;
    } catch (IOException | PublicKeys.Unusable e) {
      LOG.log(Level.WARNING, "No keys from {0}: {1}", uri, e.getMessage());
      return false;
    } finally {
      fetching.unlock();
    }
  }
}
