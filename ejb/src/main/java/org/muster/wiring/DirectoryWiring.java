package org.muster.wiring;

import jakarta.enterprise.context.Dependent;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.time.Duration;
import org.muster.cache.config.CacheUse;
import org.muster.cache.config.CacheUse.Usual;
import org.muster.cache.config.Caches;
import org.muster.directory.Directory;
import org.muster.directory.DirectoryCodec;

/** Makes the cache of what every request looks up. */
@Dependent
class DirectoryWiring {
  private static final int HEAP_PART = 32;

  /** What a node believes that does not hear the others. */
  private static final Duration TTL = Duration.ofSeconds(5);

  @Produces
  @Singleton
  Directory directory(Caches caches) {
    return new Directory(
        caches.open(
            new CacheUse<>(
                "directory",
                new DirectoryCodec(),
                Directory::weight,
                Usual.part(HEAP_PART).ttl(TTL).alone(Usual.FOR_EVER))));
  }
}
