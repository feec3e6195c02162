package org.muster.wiring;

import java.nio.file.Path;
import java.time.Duration;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.muster.config.Settings;
import org.muster.scim.bulk.BulkLimits;
import org.muster.scim.policy.Limit;
import org.muster.scim.policy.Limits;
import org.muster.scim.policy.Profile;
import org.muster.scim.policy.Profiles;

/** The keys of the SCIM services, with their defaults and bounds; see docs/configuration.md. */
final class ScimSettings {
  private static final String BOUND = ".most";

  private ScimSettings() {}

  /** The limits of a tenant that sets none itself. */
  static Limits limits(Settings settings) {
    Map<Limit, Long> usual = new EnumMap<>(Limit.class);
    for (Limit limit : Limit.values()) {
      usual.put(limit, settings.number(limit.key(), limit.least(), limit.most(), limit.usual()));
    }
    return new Limits(usual).with(Map.of(), bounds(settings));
  }

  /** What no tenant's own limits may go beyond. */
  static Limits bounds(Settings settings) {
    Map<Limit, Long> bounds = new EnumMap<>(Limit.class);
    for (Limit limit : Limit.values()) {
      long otherwise = limit == Limit.REQUESTS_PER_SECOND ? 0 : limit.most();
      bounds.put(
          limit, settings.number(limit.key() + BOUND, limit.least(), limit.most(), otherwise));
    }
    return new Limits(bounds);
  }

  /** The profile of tenants that choose none. */
  static Profile profile(Settings settings, Profiles profiles) {
    List<String> names = profiles.all().stream().map(Profile::name).toList();
    String name = settings.choice("muster.scim.profile", names, Profile.STANDARD.name());
    return profiles.named(name).orElseThrow();
  }

  /** The bounds of bulk requests that are not a tenant's. */
  static BulkLimits.Jobs bulkJobs(Settings settings) {
    return new BulkLimits.Jobs(
        (int) settings.number("muster.bulk.async-jobs", 1, 64, 4),
        settings.number("muster.bulk.async-keep-seconds", 1, 86_400, 3_600));
  }

  static Path spoolFolder(Settings settings) {
    return Path.of(settings.text("muster.data").orElse("."), "spool");
  }

  static long passwordIterations(Settings settings) {
    return settings.number("muster.password.iterations", 1_024, 10_000_000, 210_000);
  }

  static int passwordConcurrency(Settings settings) {
    int half = Math.max(1, Runtime.getRuntime().availableProcessors() / 2);
    return (int) settings.number("muster.password.concurrency", 1, 1_024, half);
  }

  static long passwordWaitMillis(Settings settings) {
    return settings.number("muster.password.wait-millis", 0, 600_000, 10_000);
  }

  static long checkLimit(Settings settings) {
    return settings.number("muster.schemas.check-limit", 1, 1_000_000_000, 100_000);
  }

  static int maxIndexes(Settings settings) {
    return (int) settings.number("muster.schemas.max-indexes", 0, 10_000, 200);
  }

  static long pollMillis(Settings settings) {
    return settings.number("muster.schemas.poll-millis", 1_000, 60_000, 1_000);
  }

  /** Long enough for every node to have asked, and for what it began before to have ended. */
  static Duration settling(Settings settings) {
    return Duration.ofMillis(2 * pollMillis(settings) + 1_000);
  }

  /** How many events of a tenant are gone through for a look at its past. */
  static int pastEvents(Settings settings) {
    return (int) settings.number("muster.history.events", 1_000, 10_000_000, 200_000);
  }
}
