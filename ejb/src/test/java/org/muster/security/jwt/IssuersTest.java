package org.muster.security.jwt;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.fasterxml.jackson.databind.node.ObjectNode;
import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.RSAKey;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.muster.ManualClock;
import org.muster.directory.TestDirectory;
import org.muster.kernel.TenantId;
import org.muster.scim.ScimException;
import org.muster.security.Caller;
import org.muster.security.Scope;
import org.muster.storage.JsonDocument;

/** Who may say who issues tokens, and what is said. */
class IssuersTest {
  private static final RSAKey KEY = TestIssuer.rsa("k1");
  private static final Caller ROOT = caller("default", Scope.PLATFORM_ADMIN);
  private static final Caller OWN = caller("acme", Scope.TENANT_ADMIN);
  private static final Caller OTHER = caller("other", Scope.TENANT_ADMIN);
  private static final String URI =
      "{'issuer':'https://login.example.com','audience':'api://muster',"
          + "'jwksUri':'https://login.example.com/jwks'%s}";

  private final ManualClock clock = new ManualClock();
  private final MemoryIssuerStore store = new MemoryIssuerStore();
  private final JwtAuthenticator authenticator =
      new JwtAuthenticator(
          store,
          TestDirectory.of(clock, clock::nanos),
          new IssuerKeys(
              uri -> {
                throw new IOException("no network");
              },
              Duration.ofSeconds(30),
              clock),
          clock,
          clock::nanos);
  private final HttpJwksFetcher fetcher = new HttpJwksFetcher(Duration.ofSeconds(1), false);
  private final Issuers issuers =
      new Issuers(
          store,
          authenticator,
          tenant -> Set.of("acme", "other").contains(tenant.value()),
          new IssuerJson(fetcher::isAllowed),
          clock);

  @Test
  void tokensOfAnIssuerAreAcceptedFromItsCreationToItsEnd() {
    String token = TestIssuer.sign(KEY, TestIssuer.claims(clock.instant()).build());
    assertThat(authenticator.authenticate(token)).isEmpty();
    Issuer made = issuers.add(ROOT, "acme", withKeys("'pem':'" + pem() + "'"));
    assertThat(authenticator.authenticate(token)).isPresent();
    issuers.replace(ROOT, "acme", made.id(), withKeys("'jwks':" + jwks(TestIssuer.rsa("k1"))));
    assertThat(authenticator.authenticate(token)).isEmpty();
    issuers.replace(ROOT, "acme", made.id(), withKeys("'jwks':" + jwks(KEY)));
    assertThat(authenticator.authenticate(token)).isPresent();
    issuers.remove(ROOT, "acme", made.id());
    assertThat(authenticator.authenticate(token)).isEmpty();
  }

  @Test
  void whatIsStoredIsReadAsItWas() {
    for (ObjectNode body :
        List.of(
            json(URI.formatted("")),
            json(
                URI.formatted(
                    ",'algorithms':['ES256','PS512'],'subjectClaim':'oid','clockSkewSeconds':0,"
                        + "'scopes':{'claim':'roles','values':{'R':['scim.read'],'N':[]}}")),
            withKeys("'jwks':" + jwks(KEY)))) {
      Issuer.Terms terms = new IssuerJson(fetcher::isAllowed).read(body);
      String stored = JsonDocument.of(IssuerJson.write(terms)).text();
      assertThat(new IssuerJson(uri -> true).stored(stored)).isEqualTo(terms);
    }
  }

  @Test
  void issuerWithAnAudienceIsOfOneTenant() {
    issuers.add(ROOT, "acme", json(URI.formatted("")));
    assertStatus(409, () -> issuers.add(ROOT, "other", json(URI.formatted(""))));
    assertStatus(409, () -> issuers.add(ROOT, "acme", json(URI.formatted(""))));
    ObjectNode another = json(URI.formatted("")).put("audience", "api://other");
    Issuer others = issuers.add(ROOT, "other", another);
    assertStatus(409, () -> issuers.replace(ROOT, "other", others.id(), json(URI.formatted(""))));
  }

  @Test
  void administratorOfATenantSeesItsOwnAndChangesNone() {
    Issuer made = issuers.add(ROOT, "acme", json(URI.formatted("")));
    assertThat(issuers.get(OWN, "acme", made.id())).isEqualTo(made);
    assertThat(issuers.page(OWN, "acme", Optional.empty(), 10)).containsExactly(made);
    assertStatus(403, () -> issuers.add(OWN, "acme", json(URI.formatted(""))));
    assertStatus(403, () -> issuers.remove(OWN, "acme", made.id()));
    for (String tenant : List.of("acme", "nobody", "No Tenant")) {
      assertStatus(404, () -> issuers.get(OTHER, tenant, made.id()));
      assertStatus(404, () -> issuers.page(OTHER, tenant, Optional.empty(), 10));
      assertStatus(404, () -> issuers.add(OTHER, tenant, json("{}")));
      assertStatus(404, () -> issuers.replace(OTHER, tenant, made.id(), json("{}")));
      assertStatus(404, () -> issuers.remove(OTHER, tenant, made.id()));
    }
    assertStatus(404, () -> issuers.get(ROOT, "other", made.id()));
    assertStatus(404, () -> issuers.remove(ROOT, "other", made.id()));
    assertStatus(403, () -> issuers.get(caller("acme", Scope.SCIM_READ), "acme", made.id()));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{}",
        "{'issuer':'i','audience':'a'}",
        "{'issuer':'','audience':'a','jwksUri':'https://e/j'}",
        "{'issuer':'i','jwksUri':'https://e/j'}",
        "{'issuer':'i','audience':7,'jwksUri':'https://e/j'}",
        "{'issuer':'i','audience':'a','jwksUri':'https://e/j','pem':'x'}",
        "{'issuer':'i','audience':'a','jwksUri':'http://e/j'}",
        "{'issuer':'i','audience':'a','jwksUri':'http://127.0.0.1/j'}",
        "{'issuer':'i','audience':'a','jwksUri':'file:///etc/passwd'}",
        "{'issuer':'i','audience':'a','jwksUri':'https://user:pw@e/j'}",
        "{'issuer':'i','audience':'a','jwksUri':'https://e/j#f'}",
        "{'issuer':'i','audience':'a','jwksUri':'/jwks'}",
        "{'issuer':'i','audience':'a','jwksUri':'https:// e'}",
        "{'issuer':'i','audience':'a','pem':'nonsense'}",
        "{'issuer':'i','audience':'a','pem':'-----BEGIN PUBLIC KEY-----AAAA-----END PUBLIC KEY-----'}",
        "{'issuer':'i','audience':'a','jwks':'nonsense'}",
        "{'issuer':'i','audience':'a','jwks':{'keys':[]}}",
        "{'issuer':'i','audience':'a','jwks':{'keys':[{'kty':'oct','k':'AAAA'}]}}",
        "{'issuer':'i','audience':'a','jwks':{'keys':[{'kty':'RSA','n':'AQAB','e':'AQAB'}]}}",
        "{'issuer':'i','audience':'a','jwksUri':'https://e/j','algorithms':['HS256']}",
        "{'issuer':'i','audience':'a','jwksUri':'https://e/j','algorithms':['none']}",
        "{'issuer':'i','audience':'a','jwksUri':'https://e/j','algorithms':[]}",
        "{'issuer':'i','audience':'a','jwksUri':'https://e/j','algorithms':'RS256'}",
        "{'issuer':'i','audience':'a','jwksUri':'https://e/j','scopes':{'values':{'x':['platform.admin']}}}",
        "{'issuer':'i','audience':'a','jwksUri':'https://e/j','scopes':{'values':{'x':'scim.read'}}}",
        "{'issuer':'i','audience':'a','jwksUri':'https://e/j','scopes':{'other':1}}",
        "{'issuer':'i','audience':'a','jwksUri':'https://e/j','scopes':7}",
        "{'issuer':'i','audience':'a','jwksUri':'https://e/j','clockSkewSeconds':301}",
        "{'issuer':'i','audience':'a','jwksUri':'https://e/j','clockSkewSeconds':-1}",
        "{'issuer':'i','audience':'a','jwksUri':'https://e/j','nonsense':1}"
      })
  void badIssuerIsRefused(String body) {
    assertStatus(400, () -> issuers.add(ROOT, "acme", json(body)));
    assertThat(issuers.page(ROOT, "acme", Optional.empty(), 10)).isEmpty();
  }

  @Test
  void privateKeysAreRefused() {
    assertStatus(
        400,
        () -> issuers.add(ROOT, "acme", withKeys("'jwks':{'keys':[" + KEY.toJSONString() + "]}")));
    assertStatus(
        400,
        () ->
            issuers.add(
                ROOT, "acme", withKeys("'pem':'" + pem() + "-----BEGIN PRIVATE KEY-----AA'")));
  }

  private static ObjectNode withKeys(String keys) {
    return json("{'issuer':'https://login.example.com','audience':'api://muster'," + keys + "}");
  }

  private static String jwks(RSAKey key) {
    return new JWKSet(key).toString(true);
  }

  private static String pem() {
    try {
      return "-----BEGIN PUBLIC KEY-----"
          + Base64.getEncoder().encodeToString(KEY.toRSAPublicKey().getEncoded())
          + "-----END PUBLIC KEY-----";
    } catch (JOSEException e) {
      throw new IllegalStateException(e);
    }
  }

  private static void assertStatus(int status, ThrowingCallable call) {
    ScimException refused = catchThrowableOfType(ScimException.class, call);
    assertThat(refused).isNotNull();
    assertThat(refused.status()).as(refused.getMessage()).isEqualTo(status);
  }

  private static Caller caller(String tenant, Scope scope) {
    return new Caller("t", new TenantId(tenant), Optional.empty(), Set.of(scope));
  }

  private static ObjectNode json(String text) {
    try {
      return (ObjectNode) JsonDocument.MAPPER.readTree(text.replace('\'', '"'));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
