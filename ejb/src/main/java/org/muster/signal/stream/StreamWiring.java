package org.muster.signal.stream;

import jakarta.enterprise.context.Dependent;
import jakarta.enterprise.inject.Produces;
import jakarta.enterprise.inject.Typed;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.time.Duration;
import org.muster.config.Settings;
import org.muster.delivery.Transport;
import org.muster.delivery.http.Poster;
import org.muster.event.EventStore;
import org.muster.receiver.DeliveryLog;
import org.muster.signal.ScimEvents;
import org.muster.signal.token.EventTokens;

/** Makes the services of this package. */
@Dependent
class StreamWiring {

  @Produces
  @Singleton
  StreamTokens tokens(ScimEvents events, EventTokens tokens) {
    return new StreamTokens(events, tokens);
  }

  @Produces
  @Singleton
  @Typed(Transport.class)
  Transport push(StreamTokens tokens, Poster poster) {
    return new SetPushTransport(tokens, poster);
  }

  @Produces
  @Singleton
  @Typed(Transport.class)
  Transport poll() {
    return new SetPollTransport();
  }

  @Produces
  @Singleton
  Polling polling(
      DeliveryLog log,
      PollWrites writes,
      EventStore events,
      StreamTokens tokens,
      Settings settings) {
    return new Polling(
        log,
        writes::settle,
        events,
        tokens,
        Duration.ofSeconds(settings.number("muster.events.poll-seconds", 1, 300, 30)),
        Clock.systemUTC());
  }
}
