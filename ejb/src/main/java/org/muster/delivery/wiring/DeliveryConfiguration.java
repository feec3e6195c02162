package org.muster.delivery.wiring;

import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import org.muster.config.Settings;
import org.muster.delivery.Backoff;
import org.muster.delivery.DeliverySettings;
import org.muster.delivery.http.Destinations.PlainHttp;

/** The keys of deliveries, with their defaults and bounds; see docs/configuration.md. */
final class DeliveryConfiguration {
  private static final Duration FIRST = Duration.ofSeconds(1);
  private static final Duration EVENT_MOST = Duration.ofHours(1);
  private static final Duration RECEIVER_MOST = Duration.ofMinutes(1);

  private DeliveryConfiguration() {}

  static DeliverySettings settings(Settings settings) {
    return new DeliverySettings(
        (int) settings.number("muster.delivery.workers", 1, 256, 16),
        (int) settings.number("muster.delivery.parallel", 1, 64, 4),
        lease(settings),
        Duration.ofHours(settings.number("muster.delivery.retry-hours", 1, 720, 24)),
        (int) settings.number("muster.delivery.attempts", 1, 1_000, 50),
        (int) settings.number("muster.delivery.rejections", 1, 100, 5),
        (int) settings.number("muster.delivery.notes", 100, 1_000_000, 10_000),
        Backoff.of(FIRST, EVENT_MOST),
        Backoff.of(FIRST, RECEIVER_MOST));
  }

  static Duration lease(Settings settings) {
    return Duration.ofSeconds(settings.number("muster.delivery.lease-seconds", 5, 600, 30));
  }

  static Duration timeout(Settings settings) {
    return Duration.ofMillis(
        settings.number("muster.delivery.timeout-millis", 100, 60_000, 10_000));
  }

  static int receivers(Settings settings) {
    return (int) settings.number("muster.delivery.receivers", 0, 1_000, 20);
  }

  static PlainHttp plainHttp(Settings settings) {
    List<String> words = Arrays.stream(PlainHttp.values()).map(PlainHttp::word).toList();
    String word = settings.choice("muster.delivery.allow-http", words, PlainHttp.NEVER.word());
    return PlainHttp.valueOf(word.toUpperCase(Locale.ROOT));
  }

  static boolean allowsPrivate(Settings settings) {
    return settings.flag("muster.delivery.allow-private", false);
  }
}
