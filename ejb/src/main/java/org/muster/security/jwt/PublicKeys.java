package org.muster.security.jwt;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.KeyType;
import com.nimbusds.jose.jwk.KeyUse;
import com.nimbusds.jose.jwk.RSAKey;
import java.io.ByteArrayInputStream;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PublicKey;
import java.security.cert.CertificateFactory;
import java.security.interfaces.ECPublicKey;
import java.security.interfaces.RSAPublicKey;
import java.security.spec.X509EncodedKeySpec;
import java.text.ParseException;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** The public keys of a text, JWKS or PEM: those that a signature can be checked by. */
final class PublicKeys {
  /** The most keys that a source may have. */
  static final int MOST = 100;

  private static final int RSA_BITS_LEAST = 2_048;
  private static final Set<Curve> CURVES = Set.of(Curve.P_256, Curve.P_384, Curve.P_521);
  private static final Pattern BLOCK =
      Pattern.compile(
          "-----BEGIN (PUBLIC KEY|CERTIFICATE)-----([A-Za-z0-9+/=\\s]+)-----END \\1-----");

  private PublicKeys() {}

  /** Says what is wrong with keys, in words for who has given them. */
  static final class Unusable extends Exception {
    private static final long serialVersionUID = 1L;

    Unusable(String message) {
      super(message);
    }
  }

  /** The keys of a set that has nothing else. */
  static List<JWK> given(String jwks) throws Unusable {
    List<JWK> keys = parse(jwks);
    for (JWK key : keys) {
      if (key.isPrivate() || key.getKeyType().equals(KeyType.OCT)) {
        throw new Unusable("jwks must hold public keys alone, no private or shared secret ones");
      }
      if (!isUsable(key)) {
        throw new Unusable(
            "jwks must hold RSA keys of 2048 bits or more, or EC keys on P-256, P-384 or P-521, for"
                + " signatures");
      }
    }
    return bounded(keys);
  }

  /** Those keys of a fetched set that can be used. */
  static List<JWK> usable(String jwks) throws Unusable {
    return bounded(parse(jwks).stream().filter(key -> !key.isPrivate() && isUsable(key)).toList());
  }

  /** The keys of PEM blocks, {@code PUBLIC KEY} or {@code CERTIFICATE}. */
  static List<JWK> ofPem(String pem) throws Unusable {
    List<JWK> keys = new ArrayList<>();
    Matcher block = BLOCK.matcher(pem);
    while (block.find()) {
      JWK key = key(block.group(1), block.group(2));
      if (key == null || !isUsable(key)) {
        throw new Unusable(
            "pem must hold RSA keys of 2048 bits or more, or EC keys on P-256, P-384 or P-521");
      }
      keys.add(key);
    }
    if (pem.contains("PRIVATE KEY")) {
      throw new Unusable("pem must hold public keys alone; keep the private one to yourself");
    }
    return bounded(keys);
  }

  /** Those keys that may have made a signature with that header; at most eight are tried. */
  static List<JWK> candidates(List<JWK> keys, JWSHeader header) {
    return keys.stream().filter(key -> fits(key, header)).limit(8).toList();
  }

  private static boolean fits(JWK key, JWSHeader header) {
    JWSAlgorithm algorithm = header.getAlgorithm();
    boolean type = KeyType.forAlgorithm(algorithm).equals(key.getKeyType());
    boolean named =
        key.getKeyID() == null
            || header.getKeyID() == null
            || key.getKeyID().equals(header.getKeyID());
    return type && named && (key.getAlgorithm() == null || key.getAlgorithm().equals(algorithm));
  }

  private static List<JWK> parse(String jwks) throws Unusable {
    try {
      return JWKSet.parse(jwks).getKeys();
    } catch (ParseException | IllegalArgumentException e) {
      throw new Unusable("jwks must be a JSON Web Key Set (RFC 7517): {\"keys\":[…]}");
    }
  }

  private static boolean isUsable(JWK key) {
    if (key.getKeyUse() != null && !key.getKeyUse().equals(KeyUse.SIGNATURE)) {
      return false;
    }
    try {
      if (key instanceof RSAKey rsa) {
        return rsa.toRSAPublicKey().getModulus().bitLength() >= RSA_BITS_LEAST;
      }
      return key instanceof ECKey ec
          && CURVES.contains(ec.getCurve())
          && ec.toECPublicKey() != null;
    } catch (JOSEException e) {
      return false;
    }
  }

  private static @Nullable JWK key(String kind, String base64) {
    try {
      byte[] bytes = Base64.getMimeDecoder().decode(base64);
      PublicKey key = kind.equals("CERTIFICATE") ? ofCertificate(bytes) : ofInfo(bytes);
      if (key instanceof RSAPublicKey rsa) {
        return new RSAKey.Builder(rsa).build();
      }
      return key instanceof ECPublicKey ec
          ? new ECKey.Builder(Curve.forECParameterSpec(ec.getParams()), ec).build()
          : null;
    } catch (GeneralSecurityException | IllegalArgumentException | IllegalStateException e) {
      return null;
    }
  }

  private static PublicKey ofCertificate(byte[] bytes) throws GeneralSecurityException {
    return CertificateFactory.getInstance("X.509")
        .generateCertificate(new ByteArrayInputStream(bytes))
        .getPublicKey();
  }

  private static @Nullable PublicKey ofInfo(byte[] bytes) {
    for (String algorithm : List.of("RSA", "EC")) {
      try {
        return KeyFactory.getInstance(algorithm).generatePublic(new X509EncodedKeySpec(bytes));
      } catch (GeneralSecurityException e) {
        // it may be of the other algorithm
      }
    }
    return null;
  }

  private static List<JWK> bounded(List<JWK> keys) throws Unusable {
    if (keys.isEmpty() || keys.size() > MOST) {
      throw new Unusable("There must be 1 to " + MOST + " keys for signatures");
    }
    return keys;
  }
}
