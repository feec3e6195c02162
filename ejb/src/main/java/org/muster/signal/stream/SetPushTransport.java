package org.muster.signal.stream;

import com.fasterxml.jackson.core.JsonProcessingException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.regex.Pattern;
import org.muster.delivery.Outcome;
import org.muster.delivery.Transport;
import org.muster.delivery.http.Answer;
import org.muster.delivery.http.Poster;
import org.muster.event.Event;
import org.muster.receiver.Kind;
import org.muster.receiver.Receiver;
import org.muster.scim.ScimException;
import org.muster.signal.ScimEvent;
import org.muster.storage.JsonDocument;
import org.muster.storage.StorageException;

/**
 * Pushes security event tokens (RFC 8935), one a request. If the receiver has a secret, it is sent
 * as a bearer token.
 */
public final class SetPushTransport implements Transport {
  private static final int ACCEPTED = 202;
  private static final int BAD_REQUEST = 400;

  /** Said of who sends, not of the token: everything else would be refused as well. */
  private static final Set<String> OF_THE_SENDER = Set.of("authentication_failed", "access_denied");

  private static final Pattern CODE = Pattern.compile("[A-Za-z0-9_.:/-]{1,100}");
  private static final Pattern BEARER = Pattern.compile("[A-Za-z0-9._~+/-]+=*");

  private final StreamTokens tokens;
  private final Poster poster;

  SetPushTransport(StreamTokens tokens, Poster poster) {
    this.tokens = tokens;
    this.poster = poster;
  }

  @Override
  public Kind kind() {
    return Kind.SET_PUSH;
  }

  @Override
  public void check(Receiver receiver) {
    poster.check(
        receiver
            .settings()
            .endpoint()
            .orElseThrow(
                () ->
                    ScimException.badRequest(
                        ScimException.Type.INVALID_VALUE,
                        "This kind takes an endpoint, which the tokens are sent to")));
    StreamOptions.of(receiver.settings());
    receiver
        .secrets()
        .forEach(
            secret -> {
              if (!BEARER.matcher(secret.text()).matches()) {
                throw ScimException.badRequest(
                    ScimException.Type.INVALID_VALUE,
                    "The secret must be a bearer token (RFC 6750): A-Z, a-z, 0-9, -._~+/ and = at"
                        + " the end");
              }
            });
  }

  /** What there is nothing to tell of is skipped. */
  @Override
  public CompletionStage<Outcome> send(Receiver receiver, Event event) {
    try {
      Optional<ScimEvent> told = tokens.told(receiver, event);
      return told.isPresent()
          ? post(receiver, tokens.token(receiver, told.get()))
          : CompletableFuture.completedFuture(new Outcome.Skipped());
    } catch (StorageException.Corrupt e) {
      return CompletableFuture.completedFuture(
          new Outcome.Rejected(true, "The event can't be told: what is stored can't be read"));
    } catch (StorageException e) {
      return CompletableFuture.completedFuture(
          new Outcome.Failed("The event can't be read now", Optional.empty()));
    }
  }

  @Override
  public CompletionStage<Outcome> ping(Receiver receiver) {
    try {
      return post(receiver, tokens.verification(receiver));
    } catch (StorageException e) {
      return CompletableFuture.completedFuture(
          new Outcome.Failed("The signing key can't be read now", Optional.empty()));
    }
  }

  /** RFC 8935 section 2.1. */
  private CompletionStage<Outcome> post(Receiver receiver, String token) {
    URI endpoint = receiver.settings().endpoint().orElseThrow();
    Map<String, String> headers = new LinkedHashMap<>();
    headers.put("Content-Type", "application/secevent+jwt");
    headers.put("Accept", "application/json");
    receiver.secrets().stream()
        .findFirst()
        .ifPresent(secret -> headers.put("Authorization", "Bearer " + secret.text()));
    return poster
        .post(endpoint, headers, token.getBytes(StandardCharsets.US_ASCII))
        .handle(
            (answer, failure) ->
                failure == null
                    ? outcome(answer)
                    : new Outcome.Failed(String.valueOf(failure.getMessage()), Optional.empty()));
  }

  /** RFC 8935 sections 2.2 to 2.4. */
  static Outcome outcome(Answer answer) {
    if (answer.status() == ACCEPTED) {
      return new Outcome.Delivered();
    }
    if (answer.status() == BAD_REQUEST) {
      return refused(answer);
    }
    if (answer.status() >= 200 && answer.status() < 300) {
      // not of this token: whatever answers so takes none
      return new Outcome.Failed(
          "The receiver has answered "
              + answer.status()
              + "; a token is accepted with 202 (RFC 8935 section 2.2)",
          answer.retryAfter());
    }
    return answer.outcome();
  }

  private static Outcome refused(Answer answer) {
    Optional<String> code = code(answer.body());
    String why = "The receiver has answered 400" + code.map(c -> ", " + c).orElse("");
    if (code.filter(OF_THE_SENDER::contains).isPresent()) {
      return new Outcome.Failed(why, answer.retryAfter());
    }
    // a token that is malformed stays so; keys, issuer and audience may be put right
    return new Outcome.Rejected(code.filter("invalid_request"::equals).isPresent(), why);
  }

  private static Optional<String> code(String body) {
    try {
      return Optional.ofNullable(JsonDocument.MAPPER.readTree(body))
          .map(json -> json.path("err").textValue())
          .filter(code -> CODE.matcher(code).matches());
    } catch (JsonProcessingException e) {
      return Optional.empty();
    }
  }
}
