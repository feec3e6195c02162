package org.muster.it.protocol;

import static org.assertj.core.api.Assertions.assertThat;

import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.crypto.MACSigner;
import com.nimbusds.jose.jwk.RSAKey;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.PlainJWT;
import com.nimbusds.jwt.SignedJWT;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.muster.it.ScimClient;
import org.muster.it.ScimResponse;

/** JWTs as bearer tokens: whose keys count, and that nothing else does. */
class JwtIT extends Protocol {
  private final RSAKey key = IdentityProvider.key("first");
  private final RSAKey stranger = IdentityProvider.key("first");
  private final IdentityProvider provider = new IdentityProvider(key);
  private final OwnTenant acme = OwnTenant.create(server(), unique("t").substring(0, 30));
  private final String issuers = "/admin/v1/tenants/" + acme.id() + "/issuers";

  @AfterEach
  void stop() {
    provider.close();
  }

  @Test
  void issuerIsMadeShownReplacedAndRemoved() {
    ScimClient root = OwnTenant.root(server());
    ScimResponse made = root.post(issuers, provider.registration()).expect(201);
    String url = issuers + "/" + made.id();
    assertThat(made.header("Location")).endsWith(url);
    assertThat(root.get(url).expect(200).json()).isEqualTo(made.json());
    assertThat(acme.admin().get(issuers).expect(200).json().at("/items/0/id").asText())
        .isEqualTo(made.id());
    String token = good();
    assertThat(get(token, "/Users").status()).isEqualTo(200);
    root.put(url, provider.registration().replace("Writer", "Nobody")).expect(200);
    assertThat(get(token, "/Users").status()).isEqualTo(403);
    root.delete(url).expect(204);
    assertThat(get(token, "/Users").status()).isEqualTo(401);
    root.delete(url).expect(404);
    TenantsIT.assertProblem(new Answer(root.post(issuers, "{\"issuer\":\"x\"}")), 400);
    TenantsIT.assertProblem(
        new Answer(
            root.post(
                issuers, provider.registration().replace("http://127.0.0.1", "http://10.0.0.1"))),
        400);
  }

  @Test
  void tokenIsItsTenantsWithTheScopesOfItsRoles() {
    register();
    String user = acme.scim().post("/Users", user(unique("ann"))).expect(201).id();
    assertThat(get(good(), "/Users/" + user).status()).isEqualTo(200);
    String reader = sign(provider.claims().claim("roles", "Reader"));
    assertThat(get(reader, "/Users/" + user).status()).isEqualTo(200);
    assertScimError(new Answer(acme.scim().as(reader).post("/Users", user(unique("x")))), 403, "");
    int fetches = provider.fetches.get();
    for (int i = 0; i < 50; i++) {
      assertThat(get(reader, "/Users/" + user).status()).isEqualTo(200);
    }
    assertThat(provider.fetches).hasValue(fetches);
  }

  @Test
  void brokenTokensAreRefusedAlike() throws Exception {
    register();
    Map<String, String> attacks = new LinkedHashMap<>();
    JWTClaimsSet claims = provider.claims().build();
    String[] parts = good().split("\\.", -1);
    long now = Instant.now().getEpochSecond();
    attacks.put("no algorithm", new PlainJWT(claims).serialize());
    attacks.put("no algorithm, signed", "eyJhbGciOiJub25lIn0." + parts[1] + "." + parts[2]);
    attacks.put("no signature", parts[0] + "." + parts[1] + ".");
    SignedJWT confused =
        new SignedJWT(new JWSHeader.Builder(JWSAlgorithm.HS256).keyID("first").build(), claims);
    confused.sign(new MACSigner(key.toRSAPublicKey().getEncoded()));
    attacks.put("public key as shared secret", confused.serialize());
    attacks.put("stranger's key", IdentityProvider.sign(stranger, claims));
    attacks.put("unknown key", IdentityProvider.sign(IdentityProvider.key("other"), claims));
    attacks.put(
        "other algorithm",
        IdentityProvider.sign(
            new JWSHeader.Builder(JWSAlgorithm.RS512).keyID("first").build(), key, claims));
    attacks.put(
        "embedded key",
        IdentityProvider.sign(
            new JWSHeader.Builder(JWSAlgorithm.RS256).jwk(stranger.toPublicJWK()).build(),
            stranger,
            claims));
    try (IdentityProvider evil = new IdentityProvider(stranger)) {
      attacks.put(
          "keys of another place",
          IdentityProvider.sign(
              new JWSHeader.Builder(JWSAlgorithm.RS256)
                  .jwkURL(URI.create(evil.name() + "/jwks"))
                  .build(),
              stranger,
              claims));
      attacks.put("wrong issuer", sign(provider.claims().issuer(evil.name())));
      attacks.put("wrong audience", sign(provider.claims().audience("api://other")));
      attacks.put("expired", sign(provider.claims().claim("exp", now - 600)));
      attacks.put("no expiry", sign(provider.claims().claim("exp", null)));
      attacks.put("not yet valid", sign(provider.claims().claim("nbf", now + 600)));
      attacks.put("10,000 characters", "eyJ" + "a".repeat(9_990) + ".b.c");
      attacks.put("long claims", sign(provider.claims().claim("x", "y".repeat(9_000))));
      attacks.put("parts that are no JSON", "eyJub3QganNvbg.bm90IGpzb24.c2ln");
      attacks.put("empty parts", "ey..");
      attacks.put("five parts", "eyJhbGciOiJkaXIifQ.a.b.c.d");
      for (Map.Entry<String, String> attack : attacks.entrySet()) {
        Answer refused = get(attack.getValue(), "/Users");
        assertThat(refused.status()).as(attack.getKey()).isEqualTo(401);
        assertScimError(refused, 401, "");
        assertThat(refused.header("WWW-Authenticate"))
            .isEqualTo("Bearer realm=\"muster\", error=\"invalid_token\"");
        assertThat(refused.text("/detail"))
            .isEqualTo("The bearer token is unknown, expired or revoked");
      }
      assertThat(evil.fetches).hasValue(0);
    }
    assertThat(get(good(), "/Users").status()).isEqualTo(200);
  }

  @Test
  void newKeyIsFetchedWhenATokenNamesIt() throws Exception {
    register();
    assertThat(get(good(), "/Users").status()).isEqualTo(200);
    RSAKey second = IdentityProvider.key("second");
    provider.publish(key, second);
    String token = IdentityProvider.sign(second, provider.claims().build());
    Instant deadline = Instant.now().plus(Duration.ofSeconds(20));
    while (get(token, "/Users").status() != 200) {
      assertThat(Instant.now()).as("the new key is not known").isBefore(deadline);
      Thread.sleep(300);
    }
    assertThat(get(good(), "/Users").status()).isEqualTo(200);
    int fetches = provider.fetches.get();
    provider.fail(true);
    Thread.sleep(1_100);
    String third = IdentityProvider.sign(IdentityProvider.key("third"), provider.claims().build());
    assertThat(get(third, "/Users").status()).isEqualTo(401);
    assertThat(get(token, "/Users?count=1").status()).isEqualTo(200);
    for (int i = 0; i < 20; i++) {
      get(third, "/Users");
    }
    // one fetch a second at most, whatever the tokens name
    assertThat(provider.fetches.get() - fetches).isBetween(1, 10);
  }

  @Test
  void tenantsNeverAcceptEachOthersIssuers() {
    register();
    OwnTenant other = OwnTenant.create(server(), unique("t").substring(0, 30));
    assertThat(new Answer(new ScimClient(other.path(), good()).get("/Users")).status())
        .isEqualTo(404);
    TenantsIT.assertProblem(
        new Answer(
            OwnTenant.root(server())
                .post("/admin/v1/tenants/" + other.id() + "/issuers", provider.registration())),
        409);
    RSAKey others = IdentityProvider.key("first");
    OwnTenant.root(server())
        .post(
            "/admin/v1/tenants/" + other.id() + "/issuers",
            """
            {"issuer":"%s","audience":"api://other","jwks":%s,"scopes":{"claim":"roles",
             "values":{"Writer":["scim.read","scim.write"]}}}
            """
                .formatted(
                    provider.name(), "{\"keys\":[" + others.toPublicJWK().toJSONString() + "]}"))
        .expect(201);
    assertThat(get(IdentityProvider.sign(others, provider.claims().build()), "/Users").status())
        .isEqualTo(401);
    assertThat(get(sign(provider.claims().audience("api://other")), "/Users").status())
        .isEqualTo(401);
    assertThat(
            get(sign(provider.claims().audience(List.of("api://other", "api://muster"))), "/Users")
                .status())
        .isEqualTo(401);
  }

  @Test
  void suspendedAndDeletedTenantsRefuseTheirJwts() {
    register();
    String token = good();
    assertThat(get(token, "/Users").status()).isEqualTo(200);
    String url = "/admin/v1/tenants/" + acme.id();
    OwnTenant.root(server()).patch(url, "{\"state\":\"SUSPENDED\"}").expect(200);
    assertThat(get(token, "/Users").status()).isEqualTo(403);
    OwnTenant.root(server()).delete(url + "?confirm=" + acme.id()).expect(202);
    assertThat(get(token, "/Users").status()).isEqualTo(401);
  }

  private void register() {
    OwnTenant.root(server()).post(issuers, provider.registration()).expect(201);
  }

  private Answer get(String token, String path) {
    return new Answer(acme.scim().as(token).get(path));
  }

  private String good() {
    return sign(provider.claims());
  }

  private String sign(JWTClaimsSet.Builder claims) {
    return IdentityProvider.sign(key, claims.build());
  }
}
