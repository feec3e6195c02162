package org.muster.operations;

import jakarta.enterprise.context.Dependent;
import jakarta.enterprise.event.Observes;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.lang.reflect.Method;
import org.eclipse.microprofile.metrics.Metadata;
import org.eclipse.microprofile.metrics.MetricRegistry;
import org.eclipse.microprofile.metrics.Tag;

/**
 * Shows how many connections of the database pool are used and free, as the gauges {@code
 * muster_database_connections} by state. The server's own metrics of the pool stay at 0 unless its
 * byte-code monitoring runs; so the pool is asked directly. On a server that has no such pool there
 * are no gauges.
 */
@Dependent
class PoolMetrics {
  private static final String POOL = "muster";
  private static final Logger LOG = System.getLogger(PoolMetrics.class.getName());
  private static final Metadata CONNECTIONS =
      Metadata.builder()
          .withName("muster_database_connections")
          .withDescription("Connections of the database pool, by state")
          .build();

  void onStart(@Observes Started started, MetricRegistry registry) {
    try {
      Pool pool = new Pool();
      registry.gauge(CONNECTIONS, () -> pool.count("getNumConnUsed"), new Tag("state", "used"));
      registry.gauge(CONNECTIONS, () -> pool.count("getNumConnFree"), new Tag("state", "free"));
    } catch (ReflectiveOperationException e) {
      LOG.log(Level.INFO, "No metrics of the database pool: this server does not tell them", e);
    }
  }

  /** The server's pool manager, which is no API and therefore asked by reflection. */
  private static final class Pool {
    private final Object manager;
    private final Object name;
    private final Method status;

    Pool() throws ReflectiveOperationException {
      Class<?> runtime = Class.forName("com.sun.enterprise.connectors.ConnectorRuntime");
      Class<?> info = Class.forName("org.glassfish.resourcebase.resources.api.PoolInfo");
      Object instance = runtime.getMethod("getRuntime").invoke(null);
      manager = runtime.getMethod("getPoolManager").invoke(instance);
      name = info.getConstructor(String.class).newInstance(POOL);
      status =
          Class.forName("com.sun.enterprise.resource.pool.PoolManager")
              .getMethod("getPoolStatus", info);
      count("getNumConnUsed");
    }

    /** A count of the pool; 0 before its first use. */
    int count(String getter) {
      try {
        Object now = status.invoke(manager, name);
        return now == null ? 0 : (Integer) now.getClass().getMethod(getter).invoke(now);
      } catch (ReflectiveOperationException e) {
        throw new IllegalStateException(e);
      }
    }
  }
}
