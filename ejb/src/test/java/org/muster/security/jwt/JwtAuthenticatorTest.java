package org.muster.security.jwt;

import static org.assertj.core.api.Assertions.assertThat;

import com.nimbusds.jose.JOSEObjectType;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.crypto.MACSigner;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.RSAKey;
import com.nimbusds.jose.util.Base64;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.PlainJWT;
import com.nimbusds.jwt.SignedJWT;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64.Encoder;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.muster.ManualClock;
import org.muster.cache.SharedLevel;
import org.muster.directory.DirectoryText;
import org.muster.directory.TestDirectory;
import org.muster.kernel.TenantId;
import org.muster.security.Caller;
import org.muster.security.Scope;

/** Which JWTs are accepted (RFC 7519, RFC 8725). */
class JwtAuthenticatorTest {
  private static final RSAKey KEY = TestIssuer.rsa("k1");
  private static final ECKey EC = TestIssuer.ec("e1");
  private static final RSAKey STRANGER = TestIssuer.rsa("k1");
  private static final Encoder URL = java.util.Base64.getUrlEncoder().withoutPadding();

  private final ManualClock clock = new ManualClock();
  private final MemoryIssuerStore store = new MemoryIssuerStore();
  private final List<URI> fetches = new ArrayList<>();
  private final JwtAuthenticator authenticator =
      new JwtAuthenticator(
          store,
          TestDirectory.of(clock, clock::nanos),
          new IssuerKeys(
              uri -> {
                fetches.add(uri);
                throw new IOException("no network");
              },
              Duration.ofSeconds(30),
              clock),
          clock,
          clock::nanos);

  JwtAuthenticatorTest() {
    store.add(TestIssuer.of("1", "acme", TestIssuer.AUD, TestIssuer.fixed(KEY, EC)));
  }

  @Test
  void goodTokenIsItsTenantsWithTheScopesOfItsWords() {
    Caller caller = authenticator.authenticate(good()).orElseThrow();
    assertThat(caller.tenant()).isEqualTo(new TenantId("acme"));
    assertThat(caller.subject()).contains("2819c223");
    assertThat(caller.scopes()).containsExactlyInAnyOrder(Scope.SCIM_READ, Scope.SCIM_WRITE);
    assertThat(caller.id()).isEqualTo("jwt:1:2819c223");
    assertThat(authenticator.authenticate(TestIssuer.sign(EC, claims().build()))).isPresent();
    JWSHeader typed = TestIssuer.header(KEY).type(new JOSEObjectType("at+jwt")).build();
    assertAccepted(TestIssuer.sign(typed, KEY, claims().build()));
  }

  @Test
  void knownTokenCostsNoLookupAndNoSignature() {
    String token = good();
    for (int i = 0; i < 1_000; i++) {
      assertAccepted(token);
    }
    assertThat(store.lookups).isEqualTo(1);
    clock.pass(Duration.ofSeconds(11));
    assertAccepted(token);
    assertThat(store.lookups).isEqualTo(2);
  }

  @Test
  void tokenIsJudgedAnewWhenAnotherNodeHasChangedItsIssuer() {
    SharedLevel<DirectoryText> shared = new SharedLevel<>(TestDirectory.heap(clock, clock::nanos));
    JwtAuthenticator here = beside(shared);
    JwtAuthenticator there = beside(shared);
    String token = good();
    assertThat(here.authenticate(token)).isPresent();
    assertThat(there.authenticate(token)).isPresent();
    assertThat(store.lookups).isEqualTo(1);
    store.replace(TestIssuer.of("1", "acme", TestIssuer.AUD, TestIssuer.fixed(EC)));
    there.forgetAll();
    assertThat(here.authenticate(token)).isEmpty();
    store.replace(TestIssuer.of("1", "acme", TestIssuer.AUD, TestIssuer.fixed(KEY, EC)));
    there.forgetAll();
    assertThat(here.authenticate(token)).isPresent();
    store.remove(new TenantId("acme"), "1");
    there.forgetAll();
    assertThat(here.authenticate(token)).isEmpty();
  }

  private JwtAuthenticator beside(SharedLevel<DirectoryText> shared) {
    return new JwtAuthenticator(
        store,
        TestDirectory.beside(shared.node(), clock, clock::nanos),
        new IssuerKeys(
            uri -> {
              throw new IOException("no network");
            },
            Duration.ofSeconds(30),
            clock),
        clock,
        clock::nanos);
  }

  @Test
  void tokenEndsInSpiteOfTheCache() {
    String token = good();
    clock.pass(Duration.ofSeconds(355));
    assertAccepted(token); // within the clock skew
    clock.pass(Duration.ofSeconds(5));
    assertRefused(token);
  }

  @Test
  void tokenThatIsBeingJudgedDoesNotOutliveItsIssuer() {
    KeySource remote = new KeySource.Remote(URI.create("https://keys.example.com/jwks"));
    store.add(TestIssuer.of("2", "acme", "api://remote", remote));
    List<Runnable> meanwhile = new ArrayList<>();
    JwtAuthenticator judging =
        new JwtAuthenticator(
            store,
            TestDirectory.of(clock, clock::nanos),
            new IssuerKeys(
                uri -> {
                  meanwhile.forEach(Runnable::run);
                  return new JWKSet(KEY).toString();
                },
                Duration.ofSeconds(30),
                clock),
            clock,
            clock::nanos);
    meanwhile.add(
        () -> {
          store.remove(new TenantId("acme"), "2");
          judging.forgetAll();
        });
    String token = TestIssuer.sign(KEY, claims().audience("api://remote").build());
    assertThat(judging.authenticate(token)).isPresent();
    assertThat(judging.authenticate(token)).isEmpty();
  }

  @Test
  void noAlgorithmIsNoSignature() {
    assertRefused(new PlainJWT(claims().build()).serialize());
    String[] parts = good().split("\\.", -1);
    for (String none : List.of("none", "None", "NONE", "nOnE", "")) {
      String header = encode("{\"alg\":\"" + none + "\",\"kid\":\"k1\"}");
      assertRefused(header + "." + parts[1] + ".");
      assertRefused(header + "." + parts[1] + "." + parts[2]);
    }
  }

  @Test
  void publicKeyIsNoSharedSecret() throws Exception {
    for (byte[] secret :
        List.of(
            KEY.toRSAPublicKey().getEncoded(),
            KEY.toPublicJWK().toJSONString().getBytes(StandardCharsets.UTF_8),
            pem().getBytes(StandardCharsets.UTF_8))) {
      SignedJWT jwt =
          new SignedJWT(
              new JWSHeader.Builder(JWSAlgorithm.HS256).keyID("k1").build(), claims().build());
      jwt.sign(new MACSigner(secret));
      assertRefused(jwt.serialize());
    }
  }

  @Test
  void algorithmThatTheIssuerDoesNotUseIsRefused() {
    for (JWSAlgorithm algorithm :
        List.of(JWSAlgorithm.RS384, JWSAlgorithm.RS512, JWSAlgorithm.PS256)) {
      JWSHeader header = new JWSHeader.Builder(algorithm).keyID("k1").build();
      assertRefused(TestIssuer.sign(header, KEY, claims().build()));
    }
  }

  @Test
  void keysThatTheTokenBringsAlongAreRefused() {
    JWTClaimsSet claims = claims().build();
    URI own = URI.create("https://evil.example.com/jwks");
    JWK stranger = STRANGER.toPublicJWK();
    assertRefused(TestIssuer.sign(TestIssuer.header(KEY).jwk(stranger).build(), STRANGER, claims));
    assertRefused(TestIssuer.sign(TestIssuer.header(KEY).jwkURL(own).build(), STRANGER, claims));
    assertRefused(
        TestIssuer.sign(TestIssuer.header(KEY).x509CertURL(own).build(), STRANGER, claims));
    assertRefused(
        TestIssuer.sign(
            TestIssuer.header(KEY).x509CertChain(List.of(new Base64("MAA="))).build(),
            STRANGER,
            claims));
    // not even if the signature is good
    assertRefused(
        TestIssuer.sign(TestIssuer.header(KEY).jwk(KEY.toPublicJWK()).build(), KEY, claims));
    assertRefused(TestIssuer.sign(TestIssuer.header(KEY).jwkURL(own).build(), KEY, claims));
    assertThat(fetches).isEmpty();
  }

  @Test
  void criticalAndUnencodedHeadersAreRefused() {
    JWTClaimsSet claims = claims().build();
    assertRefused(
        TestIssuer.sign(
            TestIssuer.header(KEY).criticalParams(Set.of("exp")).customParam("exp", 1).build(),
            KEY,
            claims));
    assertRefused(
        TestIssuer.sign(
            TestIssuer.header(KEY).type(new JOSEObjectType("logout+jwt")).build(), KEY, claims));
  }

  @Test
  void signatureOfAnotherIsRefused() {
    assertRefused(TestIssuer.sign(STRANGER, claims().build()));
    assertRefused(TestIssuer.sign(TestIssuer.rsa("k2"), claims().build()));
    JWSHeader wrongKid = new JWSHeader.Builder(JWSAlgorithm.RS256).keyID("e1").build();
    assertRefused(TestIssuer.sign(wrongKid, KEY, claims().build()));
    JWSHeader noKid = new JWSHeader.Builder(JWSAlgorithm.RS256).build();
    assertAccepted(TestIssuer.sign(noKid, KEY, claims().build()));
    assertRefused(TestIssuer.sign(noKid, STRANGER, claims().build()));
  }

  @Test
  void changedTokenIsRefused() {
    String[] parts = good().split("\\.", -1);
    String payload =
        new String(java.util.Base64.getUrlDecoder().decode(parts[1]), StandardCharsets.UTF_8);
    String other = encode(payload.replace("2819c223", "00000000"));
    assertRefused(parts[0] + "." + other + "." + parts[2]);
    assertRefused(parts[0] + "." + parts[1] + "." + URL.encodeToString(new byte[256]));
    assertRefused(parts[0] + "." + parts[1] + ".");
  }

  @Test
  void wrongIssuerOrAudienceIsRefused() {
    assertRefused(sign(claims().issuer("https://evil.example.com")));
    assertRefused(sign(claims().issuer(null)));
    assertRefused(sign(claims().issuer(TestIssuer.ISS + "/")));
    assertRefused(sign(claims().issuer("a\u0000b")));
    assertRefused(sign(claims().audience("api://other")));
    assertRefused(sign(claims().audience((String) null)));
    assertAccepted(sign(claims().audience(List.of("api://other", TestIssuer.AUD))));
    List<String> many = new ArrayList<>(Collections.nCopies(21, "a"));
    many.set(20, TestIssuer.AUD);
    assertRefused(sign(claims().audience(many)));
  }

  @Test
  void timesAreHeld() {
    long now = clock.instant().getEpochSecond();
    assertRefused(sign(claims().claim("exp", null)));
    assertRefused(sign(claims().claim("exp", now - 61)));
    assertAccepted(sign(claims().claim("exp", now - 59)));
    assertRefused(sign(claims().claim("nbf", now + 61)));
    assertAccepted(sign(claims().claim("nbf", now + 59)));
    assertRefused(sign(claims().claim("iat", now + 61)));
    assertRefused(sign(claims().claim("exp", "soon")));
  }

  @Test
  void tenantsDoNotAcceptEachOthersTokens() {
    RSAKey others = TestIssuer.rsa("k1");
    store.add(TestIssuer.of("2", "other", "api://other", TestIssuer.fixed(others)));
    assertRefused(TestIssuer.sign(others, claims().build()));
    assertRefused(TestIssuer.sign(KEY, claims().audience("api://other").build()));
    String good = TestIssuer.sign(others, claims().audience("api://other").build());
    assertThat(authenticator.authenticate(good).orElseThrow().tenant().value()).isEqualTo("other");
    // whose would it be?
    List<String> both = List.of(TestIssuer.AUD, "api://other");
    assertRefused(TestIssuer.sign(KEY, claims().audience(both).build()));
  }

  @Test
  void scopesComeFromTheClaimAlone() {
    assertThat(scopes(claims().claim("roles", "Writer Unknown"))).hasSize(2);
    assertThat(scopes(claims().claim("roles", List.of("platform.admin", "scim.read")))).isEmpty();
    assertThat(scopes(claims().claim("roles", Map.of("Writer", true)))).isEmpty();
    assertThat(scopes(claims().claim("roles", null))).isEmpty();
  }

  @Test
  void claimWithinAnotherIsFoundByItsWay() {
    ScopeRule rule = new ScopeRule("realm_access.roles", Map.of());
    assertThat(rule.of(Map.of("realm_access", Map.of("roles", List.of("scim.read")))))
        .containsExactly(Scope.SCIM_READ);
    assertThat(rule.of(Map.of("realm_access.roles", "scim.write")))
        .containsExactly(Scope.SCIM_WRITE);
    assertThat(rule.of(Map.of("realm_access", "scim.read"))).isEmpty();
    assertThat(rule.of(Map.of("realm_access.roles", "platform.admin tenant.admin"))).isEmpty();
  }

  @Test
  void hostileSubjectIsRefused() {
    assertRefused(sign(claims().subject("a\u0000b")));
    assertRefused(sign(claims().subject("x".repeat(257))));
    assertThat(authenticator.authenticate(sign(claims().subject(null))).orElseThrow().subject())
        .isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "ey..",
        "eyJ.eyJ.x",
        "eyJhbGciOiJSUzI1NiJ9..",
        "eyJhbGciOiJSUzI1NiJ9.bm90IGpzb24.c2ln",
        "eyJhbGciOiJSUzI1NiJ9.W10.c2ln",
        "eyJhbGciOiJSUzI1NiJ9.bnVsbA.c2ln",
        "eyJhbGciOjd9.e30.c2ln",
        "eyJhbGciOm51bGx9.e30.c2ln",
        "eyJhbGciOiJSUzI1NiIsImFsZyI6Im5vbmUifQ.e30.c2ln",
        "e30.e30.e30",
        "eyJhbGciOiJSUzI1NiJ9.e30.c2ln.x",
        "eyJhbGciOiJSUzI1NiJ9.e30.c2ln.x.y",
        "eyJhbGciOiJkaXIiLCJlbmMiOiJBMTI4R0NNIn0..a.b.c"
      })
  void whatIsNoTokenIsRefused(String token) {
    assertRefused(token);
    assertThat(store.lookups).isLessThanOrEqualTo(1);
  }

  @Test
  void longOrDeepTokenIsRefused() {
    assertRefused("eyJ" + "a".repeat(10_000));
    assertRefused(sign(claims().claim("x", "y".repeat(10_000))));
    String deep = "[".repeat(2_900) + "]".repeat(2_900);
    assertRefused(encode("{\"alg\":\"RS256\"}") + "." + encode("{\"iss\":" + deep + "}") + ".e30");
  }

  @Test
  void formTellsTokensApart() {
    assertThat(JwtAuthenticator.hasForm(good())).isTrue();
    assertThat(JwtAuthenticator.hasForm("mst_" + "a".repeat(43))).isFalse();
    assertThat(JwtAuthenticator.hasForm("eyJhbGci")).isFalse();
    assertThat(JwtAuthenticator.hasForm("eyJ.a")).isFalse();
  }

  private Set<Scope> scopes(JWTClaimsSet.Builder claims) {
    return authenticator.authenticate(sign(claims)).orElseThrow().scopes();
  }

  private void assertAccepted(String token) {
    assertThat(authenticator.authenticate(token)).isPresent();
  }

  private void assertRefused(String token) {
    assertThat(authenticator.authenticate(token)).isEmpty();
  }

  private String good() {
    return TestIssuer.sign(KEY, claims().build());
  }

  private static String sign(JWTClaimsSet.Builder claims) {
    return TestIssuer.sign(KEY, claims.build());
  }

  private JWTClaimsSet.Builder claims() {
    return TestIssuer.claims(clock.instant());
  }

  private static String encode(String json) {
    return URL.encodeToString(json.getBytes(StandardCharsets.UTF_8));
  }

  private static String pem() throws Exception {
    return "-----BEGIN PUBLIC KEY-----\n"
        + java.util.Base64.getMimeEncoder().encodeToString(KEY.toRSAPublicKey().getEncoded())
        + "\n-----END PUBLIC KEY-----\n";
  }
}
