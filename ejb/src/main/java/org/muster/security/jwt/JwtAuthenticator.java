package org.muster.security.jwt;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.Ticker;
import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.JWSVerifier;
import com.nimbusds.jose.crypto.factories.DefaultJWSVerifierFactory;
import com.nimbusds.jose.jwk.AsymmetricJWK;
import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.text.ParseException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.muster.directory.Directory;
import org.muster.directory.DirectorySpace;
import org.muster.kernel.Folding;
import org.muster.security.Caller;

/**
 * Says whose JWT it is (RFC 7519, RFC 8725). A token names its tenant by issuer and audience alone;
 * only the keys and algorithms of that issuer count, never what the token brings along. Answers are
 * kept for ten seconds, never beyond the token's expiry, and only while the database says the same
 * of the issuer; so a known token costs a hash and a look into the directory. Thread-safe.
 */
public final class JwtAuthenticator {
  private static final Duration KEPT = Duration.ofSeconds(10);
  private static final int ACCEPTED_MOST = 20_000;
  private static final int UNKNOWN_MOST = 10_000;
  private static final int TOKEN_MOST = 8_192;
  private static final int ISSUER_MOST = 512;
  private static final int AUDIENCES_MOST = 20;
  private static final int SUBJECT_MOST = 256;
  private static final int SUBJECT_IN_LOG = 128;
  private static final Set<String> TYPES = Set.of("jwt", "at+jwt", "application/at+jwt");

  private final DirectorySpace<NamedIssuers> issuers;
  private final IssuerKeys keys;
  private final Clock clock;
  private final Cache<ByteBuffer, Known> accepted;
  private final Ticker ticker;

  /** Names without issuers. Whoever is looking meanwhile writes to the one that it began with. */
  private volatile Cache<String, Boolean> unknown;

  /**
   * An accepted token.
   *
   * @param issuers what was known of its issuer when it was judged
   */
  private record Known(Optional<Caller> caller, Instant end, String name, NamedIssuers issuers) {}

  JwtAuthenticator(
      IssuerStore store, Directory directory, IssuerKeys keys, Clock clock, Ticker ticker) {
    this.issuers = NamedIssuers.space(directory, store::named);
    this.keys = keys;
    this.clock = clock;
    this.accepted = cache(ACCEPTED_MOST, ticker);
    this.ticker = ticker;
    this.unknown = cache(UNKNOWN_MOST, ticker);
  }

  private static <K, V> Cache<K, V> cache(int most, Ticker ticker) {
    return Caffeine.newBuilder()
        .maximumSize(most)
        .expireAfterWrite(KEPT)
        .ticker(ticker)
        .executor(Runnable::run)
        .build();
  }

  /** Whether a bearer secret has the form of a signed JWT: three parts, the first of JSON. */
  public static boolean hasForm(String secret) {
    int first = secret.startsWith("ey") ? secret.indexOf('.') : -1;
    return first > 0 && secret.indexOf('.', first + 1) > 0;
  }

  /** The bearer of the token; empty if it is not good, whatever the reason. */
  public Optional<Caller> authenticate(String token) {
    if (token.length() > TOKEN_MOST) {
      return Optional.empty();
    }
    ByteBuffer hash = hash(token);
    Known known = accepted.getIfPresent(hash);
    if (known == null || !isStillSo(known)) {
      known = judge(token);
      if (known == null) {
        return Optional.empty();
      }
      accepted.put(hash, known);
    }
    return clock.instant().isBefore(known.end()) ? known.caller() : Optional.empty();
  }

  private boolean isStillSo(Known known) {
    Optional<NamedIssuers> now = issuers.get(known.name());
    return now.isPresent() && now.get().isSame(known.issuers());
  }

  /** Forgets all issuers, on all nodes; what is being judged is judged anew when it comes again. */
  void forgetAll() {
    issuers.forgetAll();
    unknown = cache(UNKNOWN_MOST, ticker);
  }

  private @Nullable Known judge(String token) {
    try {
      SignedJWT jwt = SignedJWT.parse(token);
      JWTClaimsSet claims = jwt.getJWTClaimsSet();
      NamedIssuers named = named(claims);
      Issuer issuer = named == null ? null : fitting(named, claims);
      return named != null
              && issuer != null
              && isSound(jwt.getHeader(), issuer)
              && isInTime(claims, issuer)
              && isSigned(jwt, issuer)
          ? known(claims, issuer, named)
          : null;
    } catch (ParseException | IllegalArgumentException e) {
      return null;
    }
  }

  /** What is known of its issuer's name; that it is unknown is remembered by this node alone. */
  private @Nullable NamedIssuers named(JWTClaimsSet claims) {
    String iss = claims.getIssuer();
    Cache<String, Boolean> none = unknown;
    if (iss == null
        || iss.isEmpty()
        || iss.length() > ISSUER_MOST
        || !Folding.isStorable(iss)
        || claims.getAudience().size() > AUDIENCES_MOST
        || none.getIfPresent(iss) != null) {
      return null;
    }
    Optional<NamedIssuers> named = issuers.get(iss);
    if (named.isEmpty()) {
      none.put(iss, Boolean.TRUE);
    }
    return named.orElse(null);
  }

  /** Who has issued it: the only one of its name for one of its audiences. */
  private static @Nullable Issuer fitting(NamedIssuers named, JWTClaimsSet claims) {
    List<Issuer> fitting =
        named.issuers().stream()
            .filter(issuer -> claims.getAudience().contains(issuer.terms().audience()))
            .toList();
    return fitting.size() == 1 ? fitting.get(0) : null;
  }

  /** No other algorithm than the issuer's, and no key or rule of the token's own. */
  private static boolean isSound(JWSHeader header, Issuer issuer) {
    return issuer.terms().algorithms().contains(header.getAlgorithm())
        && (header.getType() == null
            || TYPES.contains(header.getType().getType().toLowerCase(Locale.ROOT)))
        && header.getJWK() == null
        && header.getJWKURL() == null
        && header.getX509CertURL() == null
        && header.getX509CertChain() == null
        && (header.getCriticalParams() == null || header.getCriticalParams().isEmpty())
        && header.isBase64URLEncodePayload();
  }

  private boolean isInTime(JWTClaimsSet claims, Issuer issuer) {
    Instant now = clock.instant();
    Instant latest = now.plus(issuer.terms().clockSkew());
    Date expires = claims.getExpirationTime();
    Date begins = claims.getNotBeforeTime();
    Date issued = claims.getIssueTime();
    return expires != null
        && now.isBefore(end(expires, issuer))
        && (begins == null || !begins.toInstant().isAfter(latest))
        && (issued == null || !issued.toInstant().isAfter(latest));
  }

  private boolean isSigned(SignedJWT jwt, Issuer issuer) {
    for (JWK key : keys.candidates(issuer.terms().keys(), jwt.getHeader())) {
      try {
        JWSVerifier verifier =
            new DefaultJWSVerifierFactory()
                .createJWSVerifier(jwt.getHeader(), ((AsymmetricJWK) key).toPublicKey());
        if (jwt.verify(verifier)) {
          return true;
        }
      } catch (JOSEException e) {
        // a key that does not fit the algorithm, as an EC key of another curve
      }
    }
    return false;
  }

  private static @Nullable Known known(JWTClaimsSet claims, Issuer issuer, NamedIssuers named) {
    Optional<String> subject =
        Optional.ofNullable(claims.getClaim(issuer.terms().subjectClaim()))
            .filter(String.class::isInstance)
            .map(String.class::cast)
            .filter(text -> !text.isBlank());
    if (subject
        .filter(text -> text.length() > SUBJECT_MOST || !Folding.isStorable(text))
        .isPresent()) {
      return null;
    }
    String who = subject.map(text -> ":" + Folding.beginning(text, SUBJECT_IN_LOG)).orElse("");
    Caller caller =
        new Caller(
            "jwt:" + issuer.id() + who,
            issuer.tenant(),
            subject,
            issuer.terms().scopes().of(claims.getClaims()));
    return new Known(
        Optional.of(caller), end(claims.getExpirationTime(), issuer), claims.getIssuer(), named);
  }

  private static Instant end(Date expires, Issuer issuer) {
    return expires.toInstant().plus(issuer.terms().clockSkew());
  }

  private static ByteBuffer hash(String token) {
    try {
      return ByteBuffer.wrap(
          MessageDigest.getInstance("SHA-256").digest(token.getBytes(StandardCharsets.UTF_8)));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("Every JDK has SHA-256", e);
    }
  }
}
