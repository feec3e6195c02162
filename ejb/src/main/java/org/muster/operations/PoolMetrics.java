package org.muster.operations;

import jakarta.enterprise.context.Dependent;
import jakarta.enterprise.event.Observes;
import java.util.function.ToIntFunction;
import org.eclipse.microprofile.metrics.Metadata;
import org.eclipse.microprofile.metrics.MetricRegistry;
import org.eclipse.microprofile.metrics.Tag;

/**
 * Shows how many connections of the database pool are used and free ({@code
 * muster_database_connections} by state), how many there may be ({@code
 * muster_database_connections_most}), and how many requests wait for one ({@code
 * muster_database_waiting}). On a server that has no such pool there are no gauges.
 */
@Dependent
class PoolMetrics {
  private static final Metadata CONNECTIONS =
      Metadata.builder()
          .withName("muster_database_connections")
          .withDescription("Connections of the database pool, by state")
          .build();
  private static final Metadata MOST =
      Metadata.builder()
          .withName("muster_database_connections_most")
          .withDescription("Connections that the database pool may have")
          .build();
  private static final Metadata WAITING =
      Metadata.builder()
          .withName("muster_database_waiting")
          .withDescription("Requests that wait for a connection of the database pool")
          .build();

  void onStart(@Observes Started started, MetricRegistry registry, ConnectionPool pool) {
    if (pool.isKnown()) {
      registry.gauge(CONNECTIONS, () -> of(pool, PoolFigures::active), new Tag("state", "used"));
      registry.gauge(CONNECTIONS, () -> of(pool, PoolFigures::idle), new Tag("state", "free"));
      registry.gauge(MOST, () -> of(pool, PoolFigures::most));
      registry.gauge(WAITING, () -> of(pool, PoolFigures::waiting));
    }
  }

  /** A figure; 0 before the first use of the pool. */
  private static int of(ConnectionPool pool, ToIntFunction<PoolFigures> figure) {
    return pool.figures().map(now -> figure.applyAsInt(now)).orElse(0);
  }
}
