package org.muster.wiring;

import jakarta.enterprise.context.Dependent;
import jakarta.enterprise.inject.Any;
import jakarta.enterprise.inject.Instance;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.muster.delivery.jms.Messaging;
import org.muster.event.EventStore;
import org.muster.event.Projection;
import org.muster.event.projection.ProjectionProgress;
import org.muster.event.projection.Projections;
import org.muster.event.projection.Unit;
import org.muster.storage.wiring.Sourcing;

/** Collects the projections: those of the document store, and all beans of the type. */
@Dependent
class ProjectionRunWiring {
  /** Nobody waits for them. */
  private static final Duration INTERVAL = Duration.ofSeconds(1);

  private static final Duration REST = Duration.ofSeconds(10);

  @Produces
  @Singleton
  Projections projections(
      EventStore events,
      Sourcing sourcing,
      @Any Instance<Projection> others,
      ProjectionProgress progress,
      Unit transactions,
      Messaging messaging) {
    List<Projections.Registered> all = new ArrayList<>(sourcing.projections());
    for (Projection each : others) {
      all.add(
          new Projections.Registered(
              each, progress, transactions, INTERVAL, REST, Optional.empty()));
    }
    messaging.projection(REST).ifPresent(all::add);
    Projections projections = new Projections(events, all, Clock.systemUTC());
    sourcing.wake().set(projections::wake);
    return projections;
  }
}
