package org.muster.signal.stream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSObject;
import com.nimbusds.jose.crypto.ECDSAVerifier;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.text.ParseException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.muster.delivery.Outcome;
import org.muster.delivery.http.Answer;
import org.muster.delivery.http.Poster;
import org.muster.event.Event;
import org.muster.kernel.Version;
import org.muster.receiver.Kind;
import org.muster.receiver.Receiver;
import org.muster.receiver.ReceiverId;
import org.muster.receiver.ReceiverSettings;
import org.muster.receiver.ReceiverSettings.Content;
import org.muster.receiver.Secret;
import org.muster.scim.ScimException;
import org.muster.signal.Signals;
import org.muster.signal.token.TestTokens;
import org.muster.storage.JsonDocument;

/** Tokens that are pushed (RFC 8935), to a server that answers whatever it likes. */
class SetPushTransportTest {
  private final Signals signals = new Signals();
  private final TestTokens tokens = new TestTokens("https://scim.example.com");
  private final SetPushTransport transport =
      new SetPushTransport(new StreamTokens(signals.scim, tokens.tokens()), new Posting());
  private final List<HttpExchange> received = new ArrayList<>();
  private final List<String> bodies = new ArrayList<>();
  private int status = 202;
  private String answer = "";
  private Map<String, String> headers = Map.of();
  private HttpServer server;

  SetPushTransportTest() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
  }

  @BeforeEach
  void start() {
    server.createContext("/events", this::serve);
    server.start();
  }

  @AfterEach
  void stop() {
    server.stop(0);
  }

  private void serve(HttpExchange exchange) throws IOException {
    received.add(exchange);
    bodies.add(new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8));
    headers.forEach(exchange.getResponseHeaders()::set);
    byte[] body = answer.getBytes(StandardCharsets.UTF_8);
    exchange.sendResponseHeaders(status, body.length == 0 ? -1 : body.length);
    exchange.getResponseBody().write(body);
    exchange.close();
  }

  private Receiver receiver(String options, String... secrets) {
    return new Receiver(
        new ReceiverId(Signals.TENANT, "push-1"),
        Kind.SET_PUSH,
        Receiver.State.ENABLED,
        new ReceiverSettings(
            Optional.of(
                URI.create("http://127.0.0.1:" + server.getAddress().getPort() + "/events")),
            Set.of(),
            Set.of(),
            Content.FULL,
            Optional.empty(),
            JsonDocument.ofText(options)),
        List.of(secrets).stream().map(Secret::new).toList(),
        new Version(1),
        Instant.EPOCH,
        Instant.EPOCH);
  }

  private Outcome send(Receiver receiver) {
    signals.user("u" + signals.all().size());
    List<Event> all = signals.all();
    return transport.send(receiver, all.get(all.size() - 1)).toCompletableFuture().join();
  }

  @Test
  void tokenIsSentAsTheRfcHasIt() throws ParseException, JOSEException {
    assertThat(send(receiver("{}", "s3cret", "older"))).isEqualTo(new Outcome.Delivered());
    HttpExchange request = received.get(0);
    assertThat(request.getRequestMethod()).isEqualTo("POST");
    assertThat(request.getRequestHeaders().getFirst("Content-Type"))
        .isEqualTo("application/secevent+jwt");
    assertThat(request.getRequestHeaders().getFirst("Accept")).isEqualTo("application/json");
    assertThat(request.getRequestHeaders().getFirst("Authorization")).isEqualTo("Bearer s3cret");
    JWSObject token = JWSObject.parse(bodies.get(0));
    assertThat(
            token.verify(
                new ECDSAVerifier(
                    tokens
                        .keys()
                        .verification()
                        .getKeyByKeyId(token.getHeader().getKeyID())
                        .toECKey())))
        .isTrue();
  }

  @Test
  void withoutASecretThereIsNoCredential() {
    send(receiver("{\"audience\":\"https://receiver.example.com\"}"));
    assertThat(received.get(0).getRequestHeaders().getFirst("Authorization")).isNull();
  }

  @Test
  void onlyAcceptedIsDelivered() {
    for (int other : List.of(200, 201, 204)) {
      status = other;
      assertThat(send(receiver("{}"))).isInstanceOf(Outcome.Failed.class);
    }
  }

  @Test
  void errorCodeSaysWhetherItIsTriedAgain() {
    status = 400;
    Map<String, Class<? extends Outcome>> outcomes =
        Map.of(
            "invalid_request", Outcome.Rejected.class,
            "invalid_key", Outcome.Rejected.class,
            "invalid_issuer", Outcome.Rejected.class,
            "invalid_audience", Outcome.Rejected.class,
            "authentication_failed", Outcome.Failed.class,
            "access_denied", Outcome.Failed.class,
            "something_else", Outcome.Rejected.class);
    outcomes.forEach(
        (code, outcome) -> {
          answer = "{\"err\":\"" + code + "\",\"description\":\"ann@example.com is unknown\"}";
          Outcome came = send(receiver("{}"));
          assertThat(came).as(code).isInstanceOf(outcome);
          assertThat(came.toString()).contains(code).doesNotContain("ann@example.com");
          if (came instanceof Outcome.Rejected rejected) {
            assertThat(rejected.isPermanent()).isEqualTo(code.equals("invalid_request"));
          }
        });
  }

  @Test
  void garbageInARefusalIsNotRepeated() {
    status = 400;
    for (String garbage :
        List.of("", "<html>", "{", "[]", "null", "{\"err\":7}", "{\"err\":\"a b\\u0000<x>\"}")) {
      answer = garbage;
      assertThat(send(receiver("{}")))
          .isEqualTo(new Outcome.Rejected(false, "The receiver has answered 400"));
    }
  }

  @Test
  void whatTheStatusSaysIsFollowed() {
    status = 503;
    headers = Map.of("Retry-After", "7");
    assertThat(send(receiver("{}")))
        .isInstanceOfSatisfying(
            Outcome.Failed.class,
            failed -> assertThat(failed.retryAfter()).contains(Duration.ofSeconds(7)));
    status = 410;
    assertThat(send(receiver("{}"))).isInstanceOf(Outcome.Gone.class);
    status = 302;
    headers = Map.of("Location", "http://127.0.0.1:1/");
    assertThat(send(receiver("{}"))).isInstanceOf(Outcome.Failed.class);
    assertThat(received).hasSize(3);
  }

  @Test
  void deadReceiverIsTriedAgain() {
    Receiver receiver = receiver("{}");
    server.stop(0);
    assertThat(send(receiver)).isInstanceOf(Outcome.Failed.class);
  }

  @Test
  void whatThereIsNothingToTellOfIsNotSent() {
    assertThat(send(receiver("{\"eventUris\":[\"urn:ietf:params:scim:event:prov:delete\"]}")))
        .isEqualTo(new Outcome.Skipped());
    assertThat(received).isEmpty();
  }

  @Test
  void pingIsAVerificationEvent() throws ParseException {
    transport.ping(receiver("{}")).toCompletableFuture().join();
    assertThat(JWSObject.parse(bodies.get(0)).getPayload().toString())
        .contains("https://schemas.openid.net/secevent/ssf/event-type/verification")
        .contains("\"sub_id\":{\"format\":\"opaque\",\"id\":\"push-1\"}");
  }

  @Test
  void optionsThatMakeNoSenseAreRefused() {
    for (String options :
        List.of(
            "{\"eventUris\":[]}",
            "{\"eventUris\":\"urn:ietf:params:scim:event:prov:delete\"}",
            "{\"eventUris\":[7]}",
            "{\"eventUris\":[\"urn:ietf:params:scim:event:prov:nothing\"]}",
            "{\"eventUris\":[\"urn:ietf:params:scim:event:prov:patch:notice\"]}",
            "{\"audience\":\"\"}",
            "{\"audience\":7}",
            "{\"audience\":\"" + "x".repeat(501) + "\"}",
            "{\"other\":true}")) {
      assertThatThrownBy(() -> transport.check(receiver(options)))
          .as(options)
          .isInstanceOfSatisfying(ScimException.class, e -> assertThat(e.status()).isEqualTo(400));
    }
    transport.check(receiver("{\"eventUris\":[\"URN:IETF:params:scim:event:prov:delete\"]}"));
    assertThatThrownBy(() -> transport.check(receiver("{}", "two words\r\nX: y")))
        .isInstanceOf(ScimException.class);
  }

  /** Requests to anywhere. */
  private static final class Posting implements Poster {
    private final HttpClient client = HttpClient.newHttpClient();

    @Override
    public void check(URI url) {
      // anything goes
    }

    @Override
    public CompletionStage<Answer> post(URI url, Map<String, String> headers, byte[] body) {
      HttpRequest.Builder request =
          HttpRequest.newBuilder(url).POST(HttpRequest.BodyPublishers.ofByteArray(body));
      headers.forEach(request::header);
      return client
          .sendAsync(request.build(), HttpResponse.BodyHandlers.ofString())
          .handle(
              (response, failure) -> {
                if (failure != null) {
                  throw new CompletionException(new IOException("There is no answer", failure));
                }
                return new Answer(
                    response.statusCode(),
                    response.body(),
                    response.headers().firstValueAsLong("Retry-After").stream()
                        .mapToObj(Duration::ofSeconds)
                        .findFirst());
              });
    }
  }
}
