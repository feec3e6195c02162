package org.muster.security;

import com.github.benmanes.caffeine.cache.Ticker;
import io.github.bucket4j.TimeMeter;
import jakarta.enterprise.context.Dependent;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.time.Duration;
import org.muster.access.TenantRepository;
import org.muster.config.Settings;
import org.muster.directory.Directory;

/** Makes the services of this package. */
@Dependent
class SecurityWiring {

  @Produces
  @Singleton
  Authenticator authenticator(TokenStore store, Directory directory, Settings settings) {
    return new Authenticator(
        store, directory, AdminSecret.of(settings), Clock.systemUTC(), Ticker.systemTicker());
  }

  @Produces
  @Singleton
  Tokens tokens(
      TokenStore store, Authenticator authenticator, TenantRepository tenants, Settings settings) {
    Duration usualLife = Duration.ofDays(settings.number("muster.tokens.days", 1, 3650, 365));
    return new Tokens(store, authenticator, tenants::exists, usualLife, Clock.systemUTC());
  }

  @Produces
  @Singleton
  FailedAttempts failedAttempts(Settings settings) {
    return new FailedAttempts(
        settings.number("muster.limits.failed-authentications", 0, 1_000_000, 600),
        TimeMeter.SYSTEM_NANOTIME);
  }
}
