package org.muster.caching;

import jakarta.enterprise.context.Dependent;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import org.muster.cache.config.Caches;

/** Makes the caches for applications. */
@Dependent
class CachingWiring {

  @Produces
  @Singleton
  ApplicationCaches caches(Caches caches) {
    return ApplicationCaches.open(caches);
  }
}
