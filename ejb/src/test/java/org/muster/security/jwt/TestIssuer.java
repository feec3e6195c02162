package org.muster.security.jwt;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.crypto.ECDSASigner;
import com.nimbusds.jose.crypto.RSASSASigner;
import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.RSAKey;
import com.nimbusds.jose.jwk.gen.ECKeyGenerator;
import com.nimbusds.jose.jwk.gen.RSAKeyGenerator;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.muster.kernel.TenantId;
import org.muster.security.Scope;

/** An issuer of tokens with keys of its own, in the short words of tests. */
final class TestIssuer {
  static final String ISS = "https://login.example.com";
  static final String AUD = "api://muster";

  private TestIssuer() {}

  static RSAKey rsa(String kid) {
    try {
      return new RSAKeyGenerator(2_048).keyID(kid).generate();
    } catch (JOSEException e) {
      throw new IllegalStateException(e);
    }
  }

  static ECKey ec(String kid) {
    try {
      return new ECKeyGenerator(Curve.P_256).keyID(kid).generate();
    } catch (JOSEException e) {
      throw new IllegalStateException(e);
    }
  }

  static Issuer of(String id, String tenant, String audience, KeySource keys) {
    return new Issuer(
        id,
        new TenantId(tenant),
        Instant.EPOCH,
        new Issuer.Terms(
            ISS,
            audience,
            keys,
            Set.of(JWSAlgorithm.RS256, JWSAlgorithm.ES256),
            new ScopeRule("roles", Map.of("Writer", Set.of(Scope.SCIM_READ, Scope.SCIM_WRITE))),
            "sub",
            Duration.ofSeconds(60)));
  }

  static KeySource fixed(JWK... keys) {
    return new KeySource.Fixed(List.of(keys).stream().map(JWK::toPublicJWK).toList());
  }

  static JWTClaimsSet.Builder claims(Instant now) {
    return new JWTClaimsSet.Builder()
        .issuer(ISS)
        .audience(AUD)
        .subject("2819c223")
        .claim("iat", now.getEpochSecond())
        .claim("exp", now.getEpochSecond() + 300)
        .claim("roles", List.of("Writer"));
  }

  static JWSHeader.Builder header(JWK key) {
    return new JWSHeader.Builder(key instanceof RSAKey ? JWSAlgorithm.RS256 : JWSAlgorithm.ES256)
        .keyID(key.getKeyID());
  }

  static String sign(JWK key, JWTClaimsSet claims) {
    return sign(header(key).build(), key, claims);
  }

  static String sign(JWSHeader header, JWK key, JWTClaimsSet claims) {
    try {
      SignedJWT jwt = new SignedJWT(header, claims);
      jwt.sign(key instanceof RSAKey rsa ? new RSASSASigner(rsa) : new ECDSASigner((ECKey) key));
      return jwt.serialize();
    } catch (JOSEException e) {
      throw new IllegalStateException(e);
    }
  }
}
