package org.muster.retention;

import java.time.Duration;
import java.util.Locale;
import java.util.Optional;
import org.muster.config.Settings;

/** The keys of retention, with their defaults and bounds; see docs/configuration.md. */
public final class RetentionSettings {
  private static final String DAYS = "muster.retention.days";
  private static final String FOREVER = "forever";

  private RetentionSettings() {}

  /** How long tombstones are kept; empty for ever. */
  public static Optional<Duration> kept(Settings settings) {
    Optional<String> text = settings.text(DAYS);
    if (text.filter(word -> word.toLowerCase(Locale.ROOT).equals(FOREVER)).isPresent()) {
      return Optional.empty();
    }
    try {
      return Optional.of(Duration.ofDays(settings.number(DAYS, 0, 36_500, 30)));
    } catch (IllegalStateException e) {
      throw new IllegalStateException(e.getMessage() + ", or " + FOREVER, e);
    }
  }

  /** How long it is from the end of one run to the beginning of the next. */
  static Duration interval(Settings settings) {
    return Duration.ofSeconds(
        settings.number("muster.retention.interval-seconds", 1, 86_400, 3_600));
  }
}
