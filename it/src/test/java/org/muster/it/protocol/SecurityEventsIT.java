package org.muster.it.protocol;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JOSEObjectType;
import com.nimbusds.jose.crypto.ECDSAVerifier;
import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jwt.SignedJWT;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.text.ParseException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.muster.it.ScimClient;
import org.muster.it.ScimResponse;

/** Security event tokens over HTTP (RFC 9967, 8417, 8935, 8936). */
@Timeout(120)
class SecurityEventsIT extends Protocol {
  private static final String EVENT = "urn:ietf:params:scim:event:";
  private static final String KEYS = "/.well-known/jwks.json";

  private final OwnTenant tenant = OwnTenant.create(server(), unique("s").substring(0, 30));

  private String stream(String more) {
    return tenant
        .admin()
        .post(
            "/admin/v1/tenants/" + tenant.id() + "/receivers",
            "{\"kind\":\"set-poll\"" + more + "}")
        .expect(201)
        .id();
  }

  private ScimResponse poll(String stream, String body) {
    return tenant.admin().post("/events/v1/streams/" + stream + "/poll", body);
  }

  private List<SignedJWT> tokens(ScimResponse answer) {
    List<SignedJWT> tokens = new ArrayList<>();
    answer.expect(200).json().path("sets").forEach(token -> tokens.add(verified(token.asText())));
    return tokens;
  }

  private static JWKSet keys() {
    ScimResponse answer =
        new ScimClient(server().url(), "").without("Authorization").get(KEYS).expect(200);
    try {
      return JWKSet.parse(answer.text());
    } catch (ParseException e) {
      throw new AssertionError(e);
    }
  }

  /** A token whose signature was checked with the published key. */
  private static SignedJWT verified(String text) {
    try {
      SignedJWT token = SignedJWT.parse(text);
      JWK key = keys().getKeyByKeyId(token.getHeader().getKeyID());
      assertThat(key).isNotNull();
      assertThat(token.verify(new ECDSAVerifier(key.toECKey()))).isTrue();
      assertThat(token.getHeader().getType()).isEqualTo(new JOSEObjectType("secevent+jwt"));
      return token;
    } catch (ParseException | JOSEException e) {
      throw new AssertionError(e);
    }
  }

  private static JsonNode claims(SignedJWT token) {
    try {
      return new com.fasterxml.jackson.databind.ObjectMapper()
          .readTree(token.getPayload().toString());
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  private static List<String> uris(SignedJWT token) {
    List<String> names = new ArrayList<>();
    claims(token)
        .path("events")
        .fieldNames()
        .forEachRemaining(name -> names.add(name.substring(EVENT.length())));
    return names;
  }

  private String acknowledged(ScimResponse answer) {
    List<String> ids = new ArrayList<>();
    answer.json().path("sets").fieldNames().forEachRemaining(id -> ids.add("\"" + id + "\""));
    return "\"ack\":[" + String.join(",", ids) + "]";
  }

  @Test
  void lifeOfAUserIsToldInTokensThatVerify() {
    String stream = stream("");
    String id =
        tenant
            .scim()
            .post(
                "/Users",
                "{\"schemas\":[\"%s\"],\"userName\":\"ann\",\"externalId\":\"e-ann\",\"active\":true,\"password\":\"s3cret-of-ann\"}"
                    .formatted(USER))
            .expect(201)
            .id();
    tenant
        .scim()
        .patchOperations("/Users/" + id, "{\"op\":\"replace\",\"path\":\"active\",\"value\":false}")
        .expect(204);
    String group =
        tenant
            .scim()
            .post(
                "/Groups",
                "{\"schemas\":[\"%s\"],\"displayName\":\"crm\",\"members\":[{\"value\":\"%s\"}]}"
                    .formatted(GROUP, id))
            .expect(201)
            .id();
    tenant.scim().delete("/Users/" + id).expect(204);
    List<SignedJWT> tokens = all(stream, 6);
    assertThat(tokens)
        .extracting(SecurityEventsIT::uris)
        .containsExactly(
            List.of("prov:create:full"),
            List.of("prov:patch:full", "prov:deactivate"),
            List.of("prov:create:full"),
            List.of("prov:patch:full"),
            List.of("prov:delete"),
            List.of("prov:patch:full"));
    JsonNode created = claims(tokens.get(0));
    assertThat(created.at("/sub_id/format").asText()).isEqualTo("scim");
    assertThat(created.at("/sub_id/uri").asText()).isEqualTo("/Users/" + id);
    assertThat(created.at("/sub_id/externalId").asText()).isEqualTo("e-ann");
    assertThat(created.path("aud").path(0).asText()).endsWith("/events/v1/streams/" + stream);
    assertThat(created.has("sub")).isFalse();
    assertThat(claims(tokens.get(3)).at("/sub_id/uri").asText()).isEqualTo("/Groups/" + group);
    assertThat(claims(tokens.get(3)).path("txn")).isEqualTo(claims(tokens.get(2)).path("txn"));
    assertThat(tokens.toString()).doesNotContain("s3cret-of-ann");
    tokens.forEach(
        token -> assertThat(claims(token).toString()).doesNotContain("s3cret-of-ann", "password"));
  }

  /** All tokens of a stream, when there are so many; none is acknowledged. */
  private List<SignedJWT> all(String stream, int count) {
    for (int i = 0; i < 100; i++) {
      ScimResponse answer = poll(stream, "{\"returnImmediately\":true,\"maxEvents\":1000}");
      if (answer.expect(200).json().path("sets").size() >= count) {
        return tokens(answer);
      }
      pause();
    }
    throw new AssertionError("There are fewer tokens than " + count);
  }

  private static void pause() {
    try {
      TimeUnit.MILLISECONDS.sleep(100);
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
  }

  @Test
  void noticeHasNamesAndNoValues() {
    String stream = stream(",\"content\":\"notice\"");
    tenant.scim().post("/Users", user("bob")).expect(201);
    SignedJWT token = all(stream, 1).get(0);
    assertThat(uris(token)).containsExactly("prov:create:notice");
    assertThat(claims(token).toString()).contains("userName").doesNotContain("bob");
  }

  @Test
  void whatIsNotAcknowledgedComesAgain() {
    String stream = stream("");
    for (int i = 0; i < 3; i++) {
      tenant.scim().post("/Users", user("u" + i)).expect(201);
    }
    all(stream, 3);
    ScimResponse first = poll(stream, "{\"maxEvents\":2}").expect(200);
    assertThat(first.json().path("sets")).hasSize(2);
    assertThat(first.json().path("moreAvailable").asBoolean()).isTrue();
    assertThat(first.header("Content-Type")).startsWith("application/json");
    assertThat(first.header("Cache-Control")).isEqualTo("no-store");
    assertThat(names(poll(stream, "{\"maxEvents\":2}"))).isEqualTo(names(first));
    ScimResponse second = poll(stream, "{\"maxEvents\":2," + acknowledged(first) + "}");
    assertThat(names(second)).hasSize(1).doesNotContainAnyElementsOf(names(first));
    ScimResponse nothing =
        poll(stream, "{\"returnImmediately\":true," + acknowledged(second) + "}").expect(200);
    assertThat(nothing.text()).isEqualTo("{\"sets\":{}}");
    assertThat(poll(stream, "{\"maxEvents\":0}").expect(200).text()).isEqualTo("{\"sets\":{}}");
  }

  private static List<String> names(ScimResponse answer) {
    List<String> names = new ArrayList<>();
    answer.expect(200).json().path("sets").fieldNames().forEachRemaining(names::add);
    return names;
  }

  @Test
  void whoWaitsIsToldWhenSomethingHappens() throws Exception {
    String stream = stream("");
    CompletableFuture<ScimResponse> waiting =
        CompletableFuture.supplyAsync(() -> poll(stream, "{}"));
    TimeUnit.SECONDS.sleep(1);
    assertThat(waiting).isNotDone();
    tenant.scim().post("/Users", user("late")).expect(201);
    ScimResponse answer = waiting.get(20, TimeUnit.SECONDS);
    assertThat(tokens(answer)).hasSize(1);
  }

  @Test
  void whatCouldNotBeUsedIsADeadLetterThatCanBeReplayed() {
    String stream = stream("");
    tenant.scim().post("/Users", user("ann")).expect(201);
    all(stream, 1);
    String id = names(poll(stream, "{}")).get(0);
    ScimResponse answer =
        poll(
            stream,
            "{\"returnImmediately\":true,\"setErrs\":{\"%s\":{\"err\":\"invalid_audience\",\"description\":\"x\"}}}"
                .formatted(id));
    assertThat(answer.expect(200).json().path("sets")).isEmpty();
    String letters = "/admin/v1/tenants/" + tenant.id() + "/receivers/" + stream + "/dead-letters";
    JsonNode dead = tenant.admin().get(letters).expect(200).json().path("items");
    assertThat(dead).hasSize(1);
    assertThat(dead.toString()).contains("invalid_audience");
    ScimResponse replayed = tenant.admin().post(letters + "/.replay-all", "");
    assertThat(replayed.status()).as(replayed.text()).isBetween(200, 204);
    assertThat(names(poll(stream, "{\"returnImmediately\":true}"))).containsExactly(id);
  }

  @Test
  void tokensArePushedAndVerify() throws IOException, InterruptedException {
    BlockingQueue<String> received = new LinkedBlockingQueue<>();
    HttpServer receiver =
        HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    receiver.createContext(
        "/events",
        exchange -> {
          String body =
              new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
          boolean right =
              "Bearer s3cret".equals(exchange.getRequestHeaders().getFirst("Authorization"))
                  && "application/secevent+jwt"
                      .equals(exchange.getRequestHeaders().getFirst("Content-Type"));
          received.add(right ? body : "refused");
          exchange.sendResponseHeaders(right ? 202 : 401, -1);
          exchange.close();
        });
    receiver.start();
    try {
      tenant
          .admin()
          .post(
              "/admin/v1/tenants/" + tenant.id() + "/receivers",
              "{\"kind\":\"set-push\",\"endpoint\":\"http://127.0.0.1:%d/events\",\"secrets\":[\"s3cret\"]}"
                  .formatted(receiver.getAddress().getPort()))
          .expect(201);
      String id = tenant.scim().post("/Users", user("pushed")).expect(201).id();
      String token = received.poll(30, TimeUnit.SECONDS);
      assertThat(token).isNotNull();
      assertThat(claims(verified(token)).at("/sub_id/uri").asText()).isEqualTo("/Users/" + id);
    } finally {
      receiver.stop(0);
    }
  }

  @Test
  void keySetIsForEverybodyAndHasNoPrivatePart() {
    ScimClient nobody = new ScimClient(server().url(), "").without("Authorization");
    ScimResponse answer = nobody.get(KEYS).expect(200);
    assertThat(answer.header("Content-Type")).startsWith("application/jwk-set+json");
    assertThat(answer.header("Cache-Control")).isEqualTo("public, max-age=20");
    JsonNode key = answer.json().path("keys").path(0);
    assertThat(key.path("kty").asText()).isEqualTo("EC");
    assertThat(key.path("use").asText()).isEqualTo("sig");
    assertThat(key.path("alg").asText()).isEqualTo("ES256");
    assertThat(key.has("d")).isFalse();
    nobody.delete(KEYS).expect(405);
    nobody.get(KEYS + "/x").expect(401);
  }

  @Test
  void tokensOfBeforeVerifyWhenTheKeyIsAnother() {
    String stream = stream("");
    tenant.scim().post("/Users", user("ann")).expect(201);
    SignedJWT before = all(stream, 1).get(0);
    String rotate = "/admin/v1/signing-keys/.rotate";
    tenant.admin().post(rotate, "").expect(403);
    String kid = OwnTenant.root(server()).post(rotate, "").expect(200).json().path("kid").asText();
    assertThat(keys().getKeyByKeyId(kid)).isNotNull();
    assertThat(before.getHeader().getKeyID()).isNotEqualTo(kid);
    assertThat(all(stream, 1)).hasSize(1);
    verified(before.serialize());
  }

  @Test
  void scopeDecidesWhoPolls() {
    String stream = stream("");
    for (String scope : List.of("events.read", "storage.read", "tenant.admin")) {
      as(scope, stream).expect(200);
    }
    for (String scope : List.of("scim.read", "scim.write", "storage.write")) {
      ScimResponse refused = as(scope, stream);
      assertThat(refused.status()).isEqualTo(403);
      assertThat(refused.header("Content-Type")).startsWith("application/problem+json");
    }
    OwnTenant other = OwnTenant.create(server(), unique("o").substring(0, 30));
    other.admin().post("/events/v1/streams/" + stream + "/poll", "{}").expect(404);
  }

  @Test
  void tokenOfAReceiverPollsItsStreamAndNothingElse() {
    String mine = stream("");
    String other = stream("");
    String issued =
        tenant
            .admin()
            .post("/admin/v1/tokens", "{\"scopes\":[\"events.read\"],\"subject\":\"" + mine + "\"}")
            .expect(201)
            .json()
            .path("token")
            .asText();
    ScimClient receiver = tenant.admin().as(issued);
    String now = "{\"returnImmediately\":true}";
    receiver.post("/events/v1/streams/" + mine + "/poll", now).expect(200);
    receiver.post("/events/v1/streams/" + other + "/poll", now).expect(404);
    for (String path :
        List.of(
            "/storage/v1/events",
            "/storage/v1/roots",
            "/storage/v1/consumers",
            "/scim/v2/Users",
            "/scim/v2/Me",
            "/admin/v1/tokens",
            "/admin/v1/tenants/" + tenant.id() + "/receivers")) {
      assertThat(receiver.get(path).status()).as(path).isEqualTo(403);
    }
  }

  private ScimResponse as(String scope, String stream) {
    return tenant
        .admin()
        .as(OwnTenant.issue(server(), tenant.id(), List.of(scope)).json().path("token").asText())
        .post("/events/v1/streams/" + stream + "/poll", "{\"returnImmediately\":true}");
  }

  @Test
  void whatMakesNoSenseIsRefused() {
    String stream = stream("");
    for (String body :
        List.of(
            "",
            "[]",
            "null",
            "{",
            "{\"maxEvents\":-1}",
            "{\"maxEvents\":\"1\"}",
            "{\"returnImmediately\":\"yes\"}",
            "{\"ack\":\"x\"}",
            "{\"ack\":[{}]}",
            "{\"setErrs\":[]}",
            "{\"setErrs\":{\"x\":{\"err\":\"<script>\"}}}",
            "{\"ack\":[],\"ack\":[]}",
            "[".repeat(5_000))) {
      ScimResponse refused = poll(stream, body);
      assertThat(refused.status()).as(body + refused.text()).isEqualTo(400);
      assertThat(refused.header("Content-Type")).startsWith("application/problem+json");
      assertThat(refused.text()).doesNotContainPattern("(?i)exception|org\\.muster|select ");
    }
    poll(stream, "{\"returnImmediately\":true,\"ack\":[\"nonsense\",\"'; drop table event\"]}")
        .expect(200);
    poll("nothing", "{}").expect(404);
    poll("%00", "{}").expect(400);
    poll("x".repeat(300), "{}").expect(404);
    tenant.admin().post("/events/v1/streams/" + stream, "{}").expect(404);
    tenant.admin().get("/events/v1/streams/" + stream + "/poll").expect(405);
    tenant
        .admin()
        .with("Content-Type", "text/plain")
        .post("/events/v1/streams/" + stream + "/poll", "{}")
        .expect(415);
    tenant
        .admin()
        .with("Accept", "text/html")
        .post("/events/v1/streams/" + stream + "/poll", "{}")
        .expect(406);
    poll(stream, "{\"ack\":[\"" + "x".repeat(3 << 20) + "\"]}").expect(413);
    ScimClient nobody = new ScimClient(server().url(), "").without("Authorization");
    nobody.post("/events/v1/streams/" + stream + "/poll", "{}").expect(401);
  }

  @Test
  void streamsThatMakeNoSenseAreRefused() {
    for (String more :
        List.of(
            ",\"endpoint\":\"https://example.com/\"",
            ",\"secrets\":[\"x\"]",
            ",\"options\":{\"eventUris\":[]}",
            ",\"options\":{\"eventUris\":[\"urn:x\"]}",
            ",\"options\":{\"eventUris\":[\"urn:ietf:params:scim:event:prov:put:notice\"]}",
            ",\"options\":{\"audience\":7}",
            ",\"options\":{\"more\":7}")) {
      ScimResponse refused =
          tenant
              .admin()
              .post(
                  "/admin/v1/tenants/" + tenant.id() + "/receivers",
                  "{\"kind\":\"set-poll\"" + more + "}");
      assertThat(refused.status()).as(more + refused.text()).isEqualTo(400);
    }
    tenant
        .admin()
        .post("/admin/v1/tenants/" + tenant.id() + "/receivers", "{\"kind\":\"set-push\"}")
        .expect(400);
  }

  @Test
  void configurationSaysWhichEventsThereAre() {
    assertThat(tenant.scim().get("/ServiceProviderConfig").expect(200).json())
        .as("without a stream")
        .noneMatch(member -> member.has("eventUris"));
    tenant
        .admin()
        .post("/admin/v1/tenants/" + tenant.id() + "/receivers", "{\"kind\":\"set-poll\"}")
        .expect(201);
    JsonNode events =
        tenant.scim().get("/ServiceProviderConfig").expect(200).json().path("securityEvents");
    assertThat(events.path("asyncRequest").asText()).isEqualTo("request");
    List<String> uris = new ArrayList<>();
    events.path("eventUris").forEach(uri -> uris.add(uri.asText()));
    assertThat(uris)
        .contains(EVENT + "prov:create:full", EVENT + "prov:delete", EVENT + "misc:asyncresp")
        .allMatch(uri -> uri.startsWith(EVENT));
    JsonNode schema =
        tenant
            .scim()
            .get("/Schemas/urn:ietf:params:scim:schemas:core:2.0:ServiceProviderConfig")
            .expect(200)
            .json();
    assertThat(schema.path("attributes"))
        .extracting(attribute -> attribute.path("name").asText())
        .contains("securityEvents");
  }
}
