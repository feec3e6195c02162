package org.muster.wiring;

import jakarta.annotation.Resource;
import jakarta.enterprise.concurrent.ManagedThreadFactory;
import jakarta.enterprise.context.Dependent;
import jakarta.enterprise.event.Observes;
import java.util.function.ToLongFunction;
import org.eclipse.microprofile.metrics.Metadata;
import org.eclipse.microprofile.metrics.MetricRegistry;
import org.eclipse.microprofile.metrics.MetricUnits;
import org.eclipse.microprofile.metrics.Tag;
import org.muster.event.projection.ProjectionStatus;
import org.muster.event.projection.Projections;
import org.muster.operations.Started;
import org.muster.storage.StorageException;
import org.muster.storage.wiring.Sourcing;

/**
 * Runs the projections when the storage can be used, and shows how far behind the events each is
 * ({@code muster_projection_lag_seconds}, {@code muster_projection_behind}) and how often it has
 * failed on this node ({@code muster_projection_failures}), by name.
 */
@Dependent
class ProjectionStart {
  private static final Metadata LAG =
      Metadata.builder()
          .withName("muster_projection_lag")
          .withDescription("Age of the oldest event that a projection has not done")
          .withUnit(MetricUnits.SECONDS)
          .build();
  private static final Metadata BEHIND =
      Metadata.builder()
          .withName("muster_projection_behind")
          .withDescription("About how many events a projection has not done")
          .build();
  private static final Metadata FAILURES =
      Metadata.builder()
          .withName("muster_projection_failures")
          .withDescription("Steps of a projection that have failed on this node")
          .build();

  private static final Metadata MISSED =
      Metadata.builder()
          .withName("muster_serving_missed")
          .withDescription("Reads for which the model that is read from was not there in time")
          .build();

  /** What is shown where the storage can't be asked; it has metrics of its own. */
  private static final long UNKNOWN = -1;

  @Resource private ManagedThreadFactory threads;

  void onStart(
      @Observes Started started,
      Projections projections,
      Sourcing sourcing,
      MetricRegistry registry) {
    sourcing.missed().ifPresent(missed -> registry.gauge(MISSED, missed));
    for (String name : projections.names()) {
      Tag tag = new Tag("name", name);
      registry.gauge(LAG, () -> status(projections, name, status -> status.lag().toSeconds()), tag);
      registry.gauge(BEHIND, () -> status(projections, name, ProjectionStatus::behind), tag);
      registry.gauge(FAILURES, () -> projections.failures(name), tag);
    }
    projections.start(runnable -> threads.newThread(runnable).start());
  }

  private static long status(
      Projections projections, String name, ToLongFunction<ProjectionStatus> number) {
    try {
      return projections.find(name).map(number::applyAsLong).orElse(UNKNOWN);
    } catch (StorageException e) {
      return UNKNOWN;
    }
  }
}
