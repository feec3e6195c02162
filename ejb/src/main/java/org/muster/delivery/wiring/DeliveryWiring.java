package org.muster.delivery.wiring;

import jakarta.annotation.Resource;
import jakarta.enterprise.concurrent.ManagedThreadFactory;
import jakarta.enterprise.context.Dependent;
import jakarta.enterprise.inject.Any;
import jakarta.enterprise.inject.Instance;
import jakarta.enterprise.inject.Produces;
import jakarta.enterprise.inject.Typed;
import jakarta.inject.Singleton;
import java.net.InetAddress;
import java.time.Clock;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.muster.config.Settings;
import org.muster.delivery.Deliveries;
import org.muster.delivery.Transport;
import org.muster.delivery.Transports;
import org.muster.delivery.Writes;
import org.muster.delivery.admin.ReceiverJson;
import org.muster.delivery.admin.ReceiverLetters;
import org.muster.delivery.admin.ReceiverRequests;
import org.muster.delivery.http.Destinations;
import org.muster.delivery.http.HttpPoster;
import org.muster.delivery.http.Poster;
import org.muster.delivery.jms.Messaging;
import org.muster.delivery.webhook.WebhookTransport;
import org.muster.event.EventStore;
import org.muster.event.projection.ProjectionProgress;
import org.muster.event.projection.Unit;
import org.muster.feed.EventJson;
import org.muster.feed.Feed;
import org.muster.receiver.DeadLetters;
import org.muster.receiver.DeliveryLog;
import org.muster.receiver.Receivers;
import org.muster.scim.schema.ResourceTypes;

/** Makes what delivers events to receivers. */
@Dependent
class DeliveryWiring {
  /** What arrives is handled at once. */
  private static final int HTTP_THREADS = 8;

  /** Names are waited for here, most of them for no time. */
  private static final int LOOK_UP_THREADS = 32;

  @Resource private ManagedThreadFactory threads;

  @Produces
  @Singleton
  Poster poster(Settings settings) {
    Destinations destinations =
        new Destinations(
            DeliveryConfiguration.plainHttp(settings),
            DeliveryConfiguration.allowsPrivate(settings),
            host -> List.of(InetAddress.getAllByName(host)));
    return new HttpPoster(
        destinations,
        DeliveryConfiguration.timeout(settings),
        Executors.newFixedThreadPool(HTTP_THREADS, daemons("muster-delivery-http")),
        new ThreadPoolExecutor(
            0,
            LOOK_UP_THREADS,
            30,
            TimeUnit.SECONDS,
            new SynchronousQueue<>(),
            daemons("muster-delivery-names")),
        Clock.systemUTC());
  }

  private static ThreadFactory daemons(String name) {
    return task -> {
      Thread thread = new Thread(task, name);
      thread.setDaemon(true);
      return thread;
    };
  }

  @Produces
  @Singleton
  @Typed(Transport.class)
  Transport webhooks(Poster poster, EventJson json) {
    return new WebhookTransport(poster, json, Clock.systemUTC());
  }

  @Produces
  @Singleton
  Messaging messaging(
      Settings settings,
      EventStore events,
      EventJson json,
      ProjectionProgress progress,
      Unit transactions) {
    return new Messaging(
        settings, events, json, progress, transactions, DeliveryConfiguration.lease(settings));
  }

  @Produces
  @Singleton
  Transports transports(@Any Instance<Transport> transports) {
    return new Transports(transports.stream().toList());
  }

  @Produces
  @Singleton
  Deliveries deliveries(
      EventStore events,
      DeliveryLog log,
      DeliveryWrites writes,
      Transports transports,
      Settings settings,
      DeliveryMetrics metrics) {
    return new Deliveries(
        events,
        log,
        writes(writes),
        transports,
        DeliveryConfiguration.settings(settings),
        metrics,
        threads);
  }

  @Produces
  @Singleton
  ReceiverRequests requests(
      Receivers receivers,
      DeliveryLog log,
      Feed feed,
      Transports transports,
      ResourceTypes types,
      DeliveryWrites writes,
      Deliveries deliveries,
      Settings settings) {
    return new ReceiverRequests(
        receivers,
        log,
        feed,
        transports,
        new ReceiverJson((tenant, name) -> types.byName(tenant, name).isPresent()),
        writes(writes),
        deliveries::wake,
        DeliveryConfiguration.receivers(settings),
        Clock.systemUTC());
  }

  @Produces
  @Singleton
  ReceiverLetters letters(
      ReceiverRequests requests,
      DeadLetters letters,
      DeliveryWrites writes,
      Deliveries deliveries) {
    return new ReceiverLetters(
        requests, letters, writes(writes), deliveries::wake, Clock.systemUTC());
  }

  private static Writes writes(DeliveryWrites writes) {
    return change ->
        writes.write(
            () -> {
              change.run();
              return true;
            });
  }
}
