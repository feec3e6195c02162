package org.muster.cache.config;

import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.muster.cache.twolevel.CacheSettings;
import org.muster.cache.twolevel.CacheSettings.Levels;
import org.muster.cache.twolevel.CacheSettings.Loading;
import org.muster.cache.twolevel.CacheSettings.Outage;
import org.muster.cache.twolevel.LevelSettings;
import org.muster.config.Settings;

/** The keys of one cache. */
final class CacheOptions {
  private static final List<String> LEVELS = List.of("off", "heap", "remote", "both");
  private static final long LEAST_BYTES = 65_536;
  private static final long MOST_BYTES = 1L << 40;

  /** A hundred years, which is for ever. */
  static final long MOST_SECONDS = 3_153_600_000L;

  private final Settings settings;
  private final String name;

  CacheOptions(Settings settings, String name) {
    this.settings = settings;
    this.name = name;
  }

  /** Which levels it has; empty if it is switched off. */
  Optional<Levels> levels() {
    String all = settings.choice("muster.cache.levels", LEVELS, "heap");
    String own = settings.choice(key("muster.cache.<cache>.levels"), LEVELS, all);
    return own.equals("off")
        ? Optional.empty()
        : Optional.of(Levels.valueOf(own.toUpperCase(Locale.ROOT)));
  }

  CacheSettings settings(Levels levels, CacheUse.Usual usual, long heapBytes) {
    long usualBytes = Math.max(LEAST_BYTES, heapBytes / usual.heapPart());
    long bytes = bytes("muster.cache.<cache>.max-bytes", usualBytes);
    Optional<Duration> ttl = seconds("muster.cache.<cache>.ttl-seconds", usual.ttl());
    LevelSettings first =
        new LevelSettings(
            bytes, ttl, seconds("muster.cache.<cache>.idle-seconds", Optional.empty()));
    LevelSettings second =
        new LevelSettings(
            bytes("muster.cache.<cache>.second.max-bytes", bytes),
            seconds("muster.cache.<cache>.second.ttl-seconds", ttl),
            seconds("muster.cache.<cache>.second.idle-seconds", first.idle()));
    return new CacheSettings(levels, first, second, loading(usual), outage(usual));
  }

  private Loading loading(CacheUse.Usual usual) {
    return new Loading(
        seconds("muster.cache.<cache>.negative-ttl-seconds", usual.negativeTtl()),
        settings.number(key("muster.cache.<cache>.jitter-percent"), 0, 50, 0) / 100.0,
        seconds("muster.cache.<cache>.stale-if-error-seconds", Optional.empty()));
  }

  private Outage outage(CacheUse.Usual usual) {
    long alone =
        settings.number(
            key("muster.cache.<cache>.alone-seconds"), 0, MOST_SECONDS, usual.alone().toSeconds());
    Outage outage = Outage.USUAL;
    return new Outage(outage.pause(), Duration.ofSeconds(alone), outage.maxRemembered());
  }

  private long bytes(String form, long otherwise) {
    return settings.number(key(form), LEAST_BYTES, MOST_BYTES, otherwise);
  }

  /** 0 is none. */
  private Optional<Duration> seconds(String form, Optional<Duration> otherwise) {
    long given =
        settings.number(key(form), 0, MOST_SECONDS, otherwise.map(Duration::toSeconds).orElse(0L));
    return given == 0 ? Optional.empty() : Optional.of(Duration.ofSeconds(given));
  }

  private String key(String form) {
    return form.replace("<cache>", name);
  }
}
