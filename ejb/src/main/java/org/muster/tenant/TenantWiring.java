package org.muster.tenant;

import io.github.bucket4j.TimeMeter;
import jakarta.enterprise.context.Dependent;
import jakarta.enterprise.inject.Produces;
import jakarta.enterprise.inject.Typed;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.time.Duration;
import org.muster.config.Settings;
import org.muster.directory.Directory;
import org.muster.scim.policy.Policies;

/** Makes the services of this package. */
@Dependent
class TenantWiring {

  @Produces
  @Singleton
  @Typed({TenantDirectory.class, Policies.class})
  TenantDirectory tenantDirectory(TenantStore store, TenantRules rules, Directory directory) {
    return new TenantDirectory(store, rules, directory);
  }

  @Produces
  @Singleton
  Tenants tenants(TenantStore store, TenantDirectory directory, TenantRules rules) {
    return new Tenants(store, directory, rules, Clock.systemUTC());
  }

  @Produces
  @Singleton
  TenantErasure erasure(
      TenantStore store, TenantDirectory directory, ErasingStep step, Settings settings) {
    long rest = settings.number("muster.tenants.id-rest-seconds", 15, 86_400, 75);
    return new TenantErasure(
        store, directory, step::erase, Duration.ofSeconds(rest), Clock.systemUTC());
  }

  @Produces
  @Singleton
  TenantRates rates() {
    return new TenantRates(TimeMeter.SYSTEM_NANOTIME);
  }
}
