package org.muster.delivery.webhook;

import com.github.f4b6a3.uuid.UuidCreator;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import org.muster.delivery.Outcome;
import org.muster.delivery.Transport;
import org.muster.delivery.http.Poster;
import org.muster.event.Event;
import org.muster.feed.EventJson;
import org.muster.receiver.Kind;
import org.muster.receiver.Receiver;
import org.muster.receiver.ReceiverSettings.Content;
import org.muster.receiver.Secret;
import org.muster.scim.ScimException;
import org.muster.storage.JsonDocument;

/**
 * Sends each event as a POST with one item of the change feed, signed as the Standard Webhooks
 * specification says; {@code webhook-id} is the id of the event, by which a receiver knows what it
 * has already.
 */
public final class WebhookTransport implements Transport {
  private static final int SECRETS_MOST = 2;

  private final Poster poster;
  private final EventJson json;
  private final Clock clock;

  /** Webhooks that are sent by {@code poster}. */
  public WebhookTransport(Poster poster, EventJson json, Clock clock) {
    this.poster = poster;
    this.json = json;
    this.clock = clock;
  }

  @Override
  public Kind kind() {
    return Kind.WEBHOOK;
  }

  @Override
  public void check(Receiver receiver) {
    poster.check(
        receiver
            .settings()
            .endpoint()
            .orElseThrow(() -> refused("endpoint must be given: the URL to send to")));
    if (!receiver.settings().options().tree().isEmpty()) {
      throw refused("A webhook has no options");
    }
    if (receiver.secrets().isEmpty() || receiver.secrets().size() > SECRETS_MOST) {
      throw refused("secrets must be one or two: the new one, and the one before");
    }
    for (Secret secret : receiver.secrets()) {
      if (!Signature.isSecret(secret)) {
        throw refused("A secret must be whsec_ and 24 to 64 bytes in base64");
      }
    }
  }

  @Override
  public CompletionStage<Outcome> send(Receiver receiver, Event event) {
    boolean isFull = receiver.settings().content() == Content.FULL;
    return send(receiver, event.recorded().id().toString(), text(event, isFull));
  }

  private String text(Event event, boolean isFull) {
    try {
      return isFull ? json.item(event) : json.notice(event);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public CompletionStage<Outcome> ping(Receiver receiver) {
    String id = UuidCreator.getTimeOrderedEpoch().toString();
    Instant now = clock.instant();
    return send(
        receiver,
        id,
        JsonDocument.MAPPER
            .createObjectNode()
            .put("id", id)
            .put("type", "ping")
            .put("time", now.toString())
            .toString());
  }

  private CompletionStage<Outcome> send(Receiver receiver, String id, String text) {
    byte[] body = text.getBytes(StandardCharsets.UTF_8);
    long seconds = clock.instant().getEpochSecond();
    Map<String, String> headers = new LinkedHashMap<>();
    headers.put("Content-Type", "application/json");
    headers.put("User-Agent", "Muster");
    headers.put("webhook-id", id);
    headers.put("webhook-timestamp", Long.toString(seconds));
    headers.put("webhook-signature", Signature.of(receiver.secrets(), id, seconds, body));
    return poster
        .post(receiver.settings().endpoint().orElseThrow(), headers, body)
        .handle((answer, thrown) -> answer == null ? failed(thrown) : answer.outcome());
  }

  private static Outcome failed(Throwable thrown) {
    Throwable cause = thrown instanceof CompletionException ? thrown.getCause() : thrown;
    String why = cause instanceof IOException ? cause.getMessage() : null;
    return new Outcome.Failed(why == null ? "The event could not be sent" : why, Optional.empty());
  }

  private static ScimException refused(String detail) {
    return ScimException.badRequest(ScimException.Type.INVALID_VALUE, detail);
  }
}
