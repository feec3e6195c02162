package org.muster.wiring;

import jakarta.enterprise.context.Dependent;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.time.Duration;
import java.util.Optional;
import java.util.OptionalInt;
import org.muster.access.TenantRepository;
import org.muster.config.Settings;
import org.muster.retention.Purging;
import org.muster.retention.Retention;
import org.muster.retention.RetentionSettings;
import org.muster.scim.resource.ResourceWrites;
import org.muster.storage.StorageProvider;
import org.muster.tenant.TenantDirectory;

/** Makes what purges the tombstones. */
@Dependent
class RetentionWiring {

  /** As the tenant says, or as is configured; what is being deleted as a whole is left to that. */
  @Produces
  @Singleton
  Retention retention(Settings settings, TenantDirectory tenants) {
    Optional<Duration> usual = RetentionSettings.kept(settings);
    return id ->
        tenants
            .find(id)
            .flatMap(
                tenant -> {
                  OptionalInt days = tenant.settings().retentionDays();
                  return days.isPresent() ? Optional.of(Duration.ofDays(days.getAsInt())) : usual;
                });
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
