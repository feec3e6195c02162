package org.muster.wiring;

import jakarta.enterprise.context.Dependent;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.time.Duration;
import java.util.Optional;
import org.muster.access.TenantRepository;
import org.muster.config.Settings;
import org.muster.retention.Purging;
import org.muster.retention.Retention;
import org.muster.retention.RetentionSettings;
import org.muster.scim.resource.ResourceWrites;
import org.muster.storage.StorageProvider;

/** Makes what purges the tombstones. */
@Dependent
class RetentionWiring {

  /** The same for all tenants. */
  @Produces
  @Singleton
  Retention retention(Settings settings) {
    Optional<Duration> kept = RetentionSettings.kept(settings);
    return tenant -> kept;
  }

  @Produces
  @Singleton
  Purging purging(
      StorageProvider storage,
      ResourceWrites writes,
      TenantRepository tenants,
      Retention retention) {
    ContainerCommits commits = new ContainerCommits(writes::apply);
    return new Purging(storage, commits::apply, tenants::ids, retention, Clock.systemUTC());
  }
}
