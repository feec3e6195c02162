package org.muster.cache.wiring;

import jakarta.enterprise.context.Dependent;
import jakarta.enterprise.inject.Disposes;
import jakarta.enterprise.inject.Instance;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import org.muster.cache.config.Caches;
import org.muster.cache.config.Neighbours;
import org.muster.cache.metrics.CacheReads;
import org.muster.config.Settings;
import org.muster.monitor.Monitor;
import org.muster.monitor.Watch;

/** Makes what opens caches, and closes them when the application ends. */
@Dependent
class CacheWiring {

  @Produces
  @Singleton
  Caches caches(Settings settings, Watch watch, Monitor monitor, Instance<Neighbours> neighbours) {
    Caches caches =
        new Caches(settings, watch, neighbours.isResolvable() ? neighbours.get() : Neighbours.NONE);
    monitor.include(() -> CacheReads.of(caches.totals()));
    return caches;
  }

  void close(@Disposes Caches caches) {
    caches.close();
  }
}
