package org.muster.signal.stream;

import jakarta.enterprise.context.Dependent;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.time.Duration;
import org.muster.config.Settings;
import org.muster.delivery.http.Poster;
import org.muster.event.EventStore;
import org.muster.receiver.DeliveryLog;
import org.muster.scim.schema.ResourceTypes;
import org.muster.signal.ScimEvents;
import org.muster.signal.token.EventTokens;
import org.muster.storage.StorageProvider;

/** Makes the services of this package. */
@Dependent
class StreamWiring {

  @Produces
  @Singleton
  StreamTokens tokens(
      ResourceTypes types, StorageProvider storage, EventStore events, EventTokens tokens) {
    return new StreamTokens(new ScimEvents(types, storage, events), tokens);
  }

  @Produces
  @Singleton
  SetPushTransport push(StreamTokens tokens, Poster poster) {
    return new SetPushTransport(tokens, poster);
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
