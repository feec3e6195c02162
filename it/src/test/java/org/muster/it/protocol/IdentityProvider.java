package org.muster.it.protocol;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.crypto.RSASSASigner;
import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.RSAKey;
import com.nimbusds.jose.jwk.gen.RSAKeyGenerator;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Date;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;

/** An issuer of JWTs that publishes its keys on this machine. */
@SuppressWarnings("JavaUtilDate") // the library speaks of dates
final class IdentityProvider implements AutoCloseable {
  static final String AUDIENCE = "api://muster";

  final AtomicInteger fetches = new AtomicInteger();
  private final HttpServer server;
  private volatile List<RSAKey> published;
  private volatile boolean broken;

  IdentityProvider(RSAKey... keys) {
    published = List.of(keys);
    try {
      server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    server.createContext(
        "/jwks",
        exchange -> {
          fetches.incrementAndGet();
          byte[] body =
              new JWKSet(published.stream().map(JWK.class::cast).toList())
                  .toString(true)
                  .getBytes(StandardCharsets.UTF_8);
          exchange.sendResponseHeaders(broken ? 500 : 200, body.length);
          exchange.getResponseBody().write(body);
          exchange.close();
        });
    server.start();
  }

  static RSAKey key(String kid) {
    try {
      return new RSAKeyGenerator(2_048).keyID(kid).generate();
    } catch (JOSEException e) {
      throw new IllegalStateException(e);
    }
  }

  void publish(RSAKey... keys) {
    published = Arrays.asList(keys);
  }

  void fail(boolean failing) {
    broken = failing;
  }

  /** What it is called. */
  String name() {
    return "http://127.0.0.1:" + server.getAddress().getPort();
  }

  /** What a tenant says of it. */
  String registration() {
    return """
    {"issuer":"%s","audience":"%s","jwksUri":"%s/jwks",
     "scopes":{"claim":"roles","values":{"Writer":["scim.read","scim.write"],"Reader":["scim.read"]}}}
    """
        .formatted(name(), AUDIENCE, name());
  }

  /** The claims of a good token. */
  JWTClaimsSet.Builder claims() {
    Date now = new Date();
    return new JWTClaimsSet.Builder()
        .issuer(name())
        .audience(AUDIENCE)
        .subject("somebody")
        .issueTime(now)
        .expirationTime(new Date(now.getTime() + 300_000))
        .claim("roles", List.of("Writer"));
  }

  static String sign(RSAKey key, JWTClaimsSet claims) {
    return sign(
        new JWSHeader.Builder(JWSAlgorithm.RS256).keyID(key.getKeyID()).build(), key, claims);
  }

  static String sign(JWSHeader header, RSAKey key, JWTClaimsSet claims) {
    try {
      SignedJWT jwt = new SignedJWT(header, claims);
      jwt.sign(new RSASSASigner(key));
      return jwt.serialize();
    } catch (JOSEException e) {
      throw new IllegalStateException(e);
    }
  }

  @Override
  public void close() {
    server.stop(0);
  }
}
