package org.muster.tenant;

import com.github.benmanes.caffeine.cache.Ticker;
import io.github.bucket4j.TimeMeter;
import jakarta.enterprise.context.Dependent;
import jakarta.enterprise.inject.Produces;
import jakarta.enterprise.inject.Typed;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.time.Duration;
import org.muster.config.Settings;
import org.muster.scim.policy.Policies;

/** Makes the services of this package. */
@Dependent
class TenantWiring {

  @Produces
  @Singleton
  @Typed({TenantDirectory.class, Policies.class})
  TenantDirectory directory(TenantStore store, TenantRules rules) {
    return new TenantDirectory(store, rules, Ticker.systemTicker());
  }

  @Produces
  @Singleton
  Tenants tenants(TenantStore store, TenantDirectory directory, TenantRules rules) {
    return new Tenants(store, directory, rules, Clock.systemUTC());
  }

  @Produces
  @Singleton
  TenantErasure erasure(TenantStore store, ErasingStep step, Settings settings) {
    long rest = settings.number("muster.tenants.id-rest-seconds", 15, 86_400, 75);
    return new TenantErasure(store, step::erase, Duration.ofSeconds(rest), Clock.systemUTC());
  }

  @Produces
  @Singleton
  TenantRates rates() {
    return new TenantRates(TimeMeter.SYSTEM_NANOTIME);
  }
}
