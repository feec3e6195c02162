package org.muster.storage.wiring;

import jakarta.enterprise.context.Dependent;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.time.Clock;
import org.eclipse.microprofile.metrics.MetricRegistry;
import org.muster.config.Settings;
import org.muster.storage.StorageProvider;
import org.muster.storage.memory.MemoryStorage;
import org.muster.storage.metrics.MeteredStorage;
import org.muster.storage.metrics.RegisteredTimes;

/** The one place that knows the chain of decorators, outermost first. */
@Dependent
class StorageWiring {

  @Produces
  @Singleton
  StorageProvider storage(Settings settings, Database database, MetricRegistry metrics) {
    Backend backend = Backend.of(settings);
    StorageProvider chosen =
        switch (backend) {
          case JPA -> database.storage();
          case MEMORY -> new MemoryStorage(Clock.systemUTC());
        };
    return new MeteredStorage(chosen, new RegisteredTimes(metrics, backend.word()));
  }
}
