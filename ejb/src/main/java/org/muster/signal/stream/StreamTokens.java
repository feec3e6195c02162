package org.muster.signal.stream;

import java.util.Optional;
import org.muster.event.Event;
import org.muster.receiver.Receiver;
import org.muster.signal.ScimEvent;
import org.muster.signal.ScimEvents;
import org.muster.signal.token.EventTokens;

/** Makes the tokens of streams, by what each wants to be told. Thread-safe. */
final class StreamTokens {
  private final ScimEvents events;
  private final EventTokens tokens;

  StreamTokens(ScimEvents events, EventTokens tokens) {
    this.events = events;
    this.tokens = tokens;
  }

  /** What a stream is told of an event; empty if that is nothing. */
  Optional<ScimEvent> told(Receiver receiver, Event event) {
    return events
        .of(event, receiver.settings().content())
        .flatMap(scim -> scim.only(StreamOptions.of(receiver.settings()).eventUris()));
  }

  /** The token of what is told. */
  String token(Receiver receiver, ScimEvent told) {
    return tokens.of(told, audience(receiver));
  }

  /** A token that only shows that tokens arrive. */
  String verification(Receiver receiver) {
    return tokens.verification(receiver.id().id(), audience(receiver));
  }

  private String audience(Receiver receiver) {
    return StreamOptions.of(receiver.settings())
        .audience()
        .orElseGet(() -> tokens.issuer() + "/events/v1/streams/" + receiver.id().id());
  }
}
