package org.muster.delivery.wiring;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.eclipse.microprofile.metrics.Metadata;
import org.eclipse.microprofile.metrics.MetricRegistry;
import org.eclipse.microprofile.metrics.MetricUnits;
import org.eclipse.microprofile.metrics.Tag;
import org.muster.delivery.Deliveries;
import org.muster.delivery.Meter;
import org.muster.operations.Started;
import org.muster.receiver.Counts;
import org.muster.receiver.DeliveryLog;
import org.muster.receiver.Kind;
import org.muster.storage.StorageException;

/**
 * Shows the attempts of this node ({@code muster_delivery_total}, {@code muster_delivery_seconds}),
 * how long its oldest undelivered event waits ({@code muster_delivery_lag_seconds}), and how much
 * is noted on all nodes; never by tenant or receiver.
 */
@ApplicationScoped
class DeliveryMetrics implements Meter {
  private static final Metadata ATTEMPTS =
      Metadata.builder()
          .withName("muster_delivery_total")
          .withDescription("Attempts to deliver an event, by kind of receiver and outcome")
          .build();
  private static final Metadata TAKEN =
      Metadata.builder()
          .withName("muster_delivery")
          .withDescription("How long attempts to deliver an event took, by kind of receiver")
          .withUnit(MetricUnits.NANOSECONDS)
          .build();
  private static final Metadata LAG =
      Metadata.builder()
          .withName("muster_delivery_lag")
          .withDescription("Age of the oldest event that is not delivered, by kind of receiver")
          .withUnit(MetricUnits.SECONDS)
          .build();
  private static final Metadata NOTED =
      Metadata.builder()
          .withName("muster_delivery_noted")
          .withDescription("Events that are tried again (held), and dead letters (dead)")
          .build();

  private static final Duration KEPT = Duration.ofSeconds(15);

  @Inject private MetricRegistry registry;
  @Inject private DeliveryLog log;
  private volatile Known known = new Known(new Counts(0, 0, Optional.empty()), Instant.MIN);

  private record Known(Counts counts, Instant looked) {}

  void onStart(@Observes Started started, Deliveries deliveries) {
    for (Kind kind : Kind.values()) {
      registry.gauge(LAG, () -> deliveries.lag(kind).toSeconds(), new Tag("kind", kind.word()));
    }
    registry.gauge(NOTED, () -> counts().held(), new Tag("state", "held"));
    registry.gauge(NOTED, () -> counts().dead(), new Tag("state", "dead"));
  }

  @Override
  public void attempted(Kind kind, String outcome, Duration taken) {
    Tag ofKind = new Tag("kind", kind.word());
    registry.counter(ATTEMPTS, ofKind, new Tag("outcome", outcome)).inc();
    registry.timer(TAKEN, ofKind).update(taken);
  }

  /** Looked at now and then; what was known last while that can't be. */
  private Counts counts() {
    Known last = known;
    Instant now = Instant.now();
    if (last.looked().isAfter(now.minus(KEPT))) {
      return last.counts();
    }
    try {
      Counts counts = log.total();
      known = new Known(counts, now);
      return counts;
    } catch (StorageException e) {
      return last.counts();
    }
  }
}
