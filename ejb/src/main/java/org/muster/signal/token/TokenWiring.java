package org.muster.signal.token;

import com.github.benmanes.caffeine.cache.Ticker;
import jakarta.enterprise.context.Dependent;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import org.muster.config.Settings;

/** Makes the services of this package. */
@Dependent
class TokenWiring {
  private static final String ISSUER = "muster.events.issuer";

  @Produces
  @Singleton
  SigningKeys keys(SigningKeyStore store, Settings settings) {
    Duration published = Duration.ofDays(settings.number("muster.events.key-days", 1, 3_650, 30));
    return new SigningKeys(store, published, Clock.systemUTC(), Ticker.systemTicker());
  }

  @Produces
  @Singleton
  EventTokens tokens(SigningKeys keys, Settings settings) {
    return new EventTokens(issuer(settings), keys, Clock.systemUTC());
  }

  /** Where clients find this server, unless another one is configured. */
  static String issuer(Settings settings) {
    String issuer =
        settings
            .text(ISSUER)
            .or(() -> settings.text("muster.public.url"))
            .orElse("http://localhost:8080");
    String plain = issuer.endsWith("/") ? issuer.substring(0, issuer.length() - 1) : issuer;
    try {
      URI uri = URI.create(plain);
      boolean http = "http".equals(uri.getScheme()) || "https".equals(uri.getScheme());
      if (http
          && uri.getHost() != null
          && uri.getRawQuery() == null
          && uri.getRawFragment() == null) {
        return plain;
      }
    } catch (IllegalArgumentException e) {
      // told below, as for other schemes
    }
    throw new IllegalStateException(
        ISSUER
            + "="
            + issuer
            + " is not allowed; it must be an http or https URL without query, for instance"
            + " https://id.example.com");
  }
}
