package org.muster.delivery.fault;

import java.net.InetAddress;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Executors;
import org.muster.delivery.Backoff;
import org.muster.delivery.Deliveries;
import org.muster.delivery.DeliverySettings;
import org.muster.delivery.Meter;
import org.muster.delivery.Transports;
import org.muster.delivery.http.Destinations;
import org.muster.delivery.http.HttpPoster;
import org.muster.delivery.webhook.WebhookTransport;
import org.muster.event.EventStore;
import org.muster.event.jpa.JpaEventStore;
import org.muster.event.seal.KeyWrapping;
import org.muster.event.seal.KeyedSealing;
import org.muster.feed.EventJson;
import org.muster.receiver.DeliveryLog;
import org.muster.receiver.Receivers;
import org.muster.scim.schema.BuiltInResourceTypes;
import org.muster.storage.StorageProvider;
import org.muster.storage.jpa.TestDatabase;

/** A server as far as events go, over a database: storage, journal, deliveries over HTTP. */
record Node(TestDatabase database, EventStore events, StorageProvider storage) {
  /** Made before anything is timed. */
  private static final EventJson JSON = new EventJson(new BuiltInResourceTypes());

  private static final byte[] MASTER = new byte[32];

  static Node over(TestDatabase database) {
    JpaEventStore events = database.events(new KeyedSealing(database.keys(KeyWrapping.NONE), true));
    return new Node(
        database, events, database.transactional(database.journaled(Clock.systemUTC(), events)));
  }

  Receivers receivers() {
    return database.receivers(MASTER);
  }

  DeliveryLog log() {
    return database.deliveries(MASTER);
  }

  Deliveries deliveries() {
    Destinations destinations =
        new Destinations(
            Destinations.PlainHttp.LOCALHOST,
            false,
            host -> List.of(InetAddress.getAllByName(host)));
    HttpPoster poster =
        new HttpPoster(
            destinations,
            Duration.ofMillis(500),
            Executors.newFixedThreadPool(4, Node::thread),
            Runnable::run,
            Clock.systemUTC());
    return new Deliveries(
        events,
        log(),
        change ->
            database.inTransaction(
                () -> {
                  change.run();
                  return true;
                }),
        new Transports(List.of(new WebhookTransport(poster, JSON, Clock.systemUTC()))),
        new DeliverySettings(
            8,
            4,
            Duration.ofMillis(600),
            Duration.ofHours(24),
            100_000,
            100_000,
            100_000,
            Backoff.of(Duration.ofMillis(5), Duration.ofMillis(50)),
            Backoff.of(Duration.ofMillis(5), Duration.ofMillis(50))),
        Meter.NONE,
        Node::thread);
  }

  private static Thread thread(Runnable task) {
    Thread thread = new Thread(task);
    thread.setDaemon(true);
    return thread;
  }
}
