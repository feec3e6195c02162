package org.muster.signal;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Map;
import java.util.Optional;
import org.muster.event.Event;

/**
 * How events tell of requests that were done asynchronously (RFC 9967 section 2.5.1.3): {@code uri}
 * and {@code txn}, and as {@code response} the result of a bulk operation (RFC 7644 section 3.7.3).
 */
final class AsyncResponses {
  /** Where their streams are, by transaction. */
  static final String COLLECTION = "$async";

  private AsyncResponses() {}

  static Optional<ScimEvent> told(Event event) {
    return event
        .recorded()
        .content()
        .map(content -> content.tree())
        .filter(node -> node.get("response") instanceof ObjectNode)
        .map(
            node ->
                new ScimEvent(
                    event.recorded().id(),
                    new ScimEvent.Subject(
                        node.path("uri").asText(), ScimEvents.text(node, "externalId")),
                    node.path("txn").asText(),
                    event.recorded().time(),
                    Map.of(EventUri.ASYNC_RESPONSE, (ObjectNode) node.get("response"))));
  }
}
