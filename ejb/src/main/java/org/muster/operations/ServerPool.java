package org.muster.operations;

import java.lang.reflect.Method;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A pool of the server's pool manager, which is no API and therefore asked by reflection. */
final class ServerPool {
  private static final String PACKAGE = "com.sun.enterprise.resource.pool.";

  private final Object manager;
  private final Object name;
  private final Method status;
  private final Method pool;
  private final Method active;
  private final Method idle;
  private final Method least;
  private final Method most;
  private final Method queue;
  private final Method waiting;

  ServerPool(String name) throws ReflectiveOperationException {
    Class<?> runtime = Class.forName("com.sun.enterprise.connectors.ConnectorRuntime");
    Class<?> info = Class.forName("org.glassfish.resourcebase.resources.api.PoolInfo");
    Class<?> managers = Class.forName(PACKAGE + "PoolManager");
    Class<?> pools = Class.forName(PACKAGE + "ResourcePool");
    Class<?> statuses = Class.forName(PACKAGE + "PoolStatus");
    Object instance = runtime.getMethod("getRuntime").invoke(null);
    this.manager = runtime.getMethod("getPoolManager").invoke(instance);
    this.name = info.getConstructor(String.class).newInstance(name);
    this.status = managers.getMethod("getPoolStatus", info);
    this.pool = managers.getMethod("getPool", info);
    this.active = statuses.getMethod("getNumConnUsed");
    this.idle = statuses.getMethod("getNumConnFree");
    this.least = pools.getMethod("getSteadyPoolSize");
    this.most = pools.getMethod("getMaxPoolSize");
    this.queue = pools.getMethod("getPoolWaitQueue");
    this.waiting = Class.forName(PACKAGE + "waitqueue.PoolWaitQueue").getMethod("getQueueLength");
  }

  /** Its figures; empty before its first use. */
  Optional<PoolFigures> figures() {
    try {
      Object nowStatus = status.invoke(manager, name);
      Object nowPool = pool.invoke(manager, name);
      if (nowStatus == null || nowPool == null) {
        return Optional.empty();
      }
      return Optional.of(
          new PoolFigures(
              count(active, nowStatus),
              count(idle, nowStatus),
              count(waiting, queue.invoke(nowPool)),
              count(least, nowPool),
              count(most, nowPool)));
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException(e);
    }
  }

  private static int count(Method getter, @Nullable Object of) throws ReflectiveOperationException {
    return of == null ? 0 : (Integer) getter.invoke(of);
  }
}
