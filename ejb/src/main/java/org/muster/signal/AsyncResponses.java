package org.muster.signal;

import com.fasterxml.jackson.databind.node.ObjectNode;
import com.github.f4b6a3.uuid.UuidCreator;
import java.time.Clock;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.muster.event.Append;
import org.muster.event.Event;
import org.muster.event.EventType;
import org.muster.event.Expected;
import org.muster.event.Recorded;
import org.muster.kernel.Origin;
import org.muster.kernel.TenantId;
import org.muster.scim.bulk.AsyncListener;
import org.muster.scim.bulk.AsyncResult;
import org.muster.storage.JsonDocument;
import org.muster.storage.StorageKey;

/**
 * Makes events of what came of asynchronous requests (RFC 9967 section 2.5.1.3), a stream for each
 * request, so that they are told as surely as all others: {@code uri} and {@code txn}, and as
 * {@code response} the part of a BulkResponse.
 */
public final class AsyncResponses implements AsyncListener {
  /** Where their streams are, by transaction. */
  static final String COLLECTION = "$async";

  private static final String RESPONSE = "response";

  private final Appending appending;
  private final Clock clock;

  /** Where appending becomes a transaction. */
  @FunctionalInterface
  public interface Appending {
    /** Appends; committed when the call returns. */
    void append(Append append);
  }

  /** Responses that become events there. */
  AsyncResponses(Appending appending, Clock clock) {
    this.appending = appending;
    this.clock = clock;
  }

  @Override
  public void done(TenantId tenant, Origin origin, String request, List<AsyncResult> results) {
    appending.append(
        new Append(
            new StorageKey(tenant, COLLECTION, request),
            new Expected.Any(),
            results.stream().map(result -> recorded(origin, result)).toList()));
  }

  private Recorded recorded(Origin origin, AsyncResult result) {
    ObjectNode content = ScimEvents.object();
    content.put("uri", result.uri()).put("txn", result.transaction());
    content.set(RESPONSE, result.response());
    return new Recorded(
        UuidCreator.getTimeOrderedEpoch(),
        EventType.ASYNC_RESPONDED,
        1,
        Optional.empty(),
        clock.instant().truncatedTo(ChronoUnit.MILLIS),
        origin,
        Optional.of(JsonDocument.of(content)));
  }

  static Optional<ScimEvent> told(Event event) {
    return event
        .recorded()
        .content()
        .map(JsonDocument::tree)
        .filter(content -> content.get(RESPONSE) instanceof ObjectNode)
        .map(
            content ->
                new ScimEvent(
                    event.recorded().id(),
                    new ScimEvent.Subject(content.path("uri").asText(), Optional.empty()),
                    content.path("txn").asText(),
                    event.recorded().time(),
                    Map.of(EventUri.ASYNC_RESPONSE, (ObjectNode) content.get(RESPONSE))));
  }
}
