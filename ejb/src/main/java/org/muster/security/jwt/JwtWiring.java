package org.muster.security.jwt;

import com.github.benmanes.caffeine.cache.Ticker;
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
class JwtWiring {

  @Produces
  @Singleton
  HttpJwksFetcher fetcher(Settings settings) {
    return new HttpJwksFetcher(
        Duration.ofMillis(settings.number("muster.jwt.timeout-millis", 100, 60_000, 3_000)),
        settings.flag("muster.jwt.allow-loopback", false));
  }

  @Produces
  @Singleton
  JwtAuthenticator authenticator(
      IssuerStore store, Directory directory, HttpJwksFetcher fetcher, Settings settings) {
    Duration interval =
        Duration.ofSeconds(settings.number("muster.jwt.refetch-seconds", 1, 3_600, 30));
    return new JwtAuthenticator(
        store,
        directory,
        new IssuerKeys(fetcher, interval, Clock.systemUTC()),
        Clock.systemUTC(),
        Ticker.systemTicker());
  }

  @Produces
  @Singleton
  Issuers issuers(
      IssuerStore store,
      JwtAuthenticator authenticator,
      HttpJwksFetcher fetcher,
      TenantRepository tenants) {
    return new Issuers(
        store,
        authenticator,
        tenants::exists,
        new IssuerJson(fetcher::isAllowed),
        Clock.systemUTC());
  }
}
