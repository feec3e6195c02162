package org.muster.wiring;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.muster.config.Settings;
import org.muster.scim.bulk.BulkLimits;
import org.muster.scim.policy.Limits;
import org.muster.scim.policy.Profile;
import org.muster.scim.policy.Profiles;
import org.muster.storage.JsonDocument;

/** The keys of the SCIM services, with their defaults and bounds; see docs/configuration.md. */
final class ScimSettings {
  private ScimSettings() {}

  static Limits limits(Settings settings) {
    int most = (int) settings.number("muster.scim.max-page-size", 1, 1_000, 1_000);
    int otherwise =
        (int) settings.number("muster.scim.default-page-size", 1, most, Math.min(100, most));
    return new Limits(
        otherwise, most, settings.number("muster.scim.scan-limit", 1, 1_000_000_000, 100_000));
  }

  /** The profile of tenants that choose none. */
  static Profile profile(Settings settings, Profiles profiles) {
    List<String> names = profiles.all().stream().map(Profile::name).toList();
    String name = settings.choice("muster.scim.profile", names, Profile.STANDARD.name());
    return profiles.named(name).orElseThrow();
  }

  static BulkLimits bulkLimits(Settings settings) {
    return new BulkLimits(
        (int) settings.number("muster.bulk.max-operations", 1, 1_000_000, 1_000),
        settings.number("muster.bulk.max-payload-bytes", 1_024, 1L << 32, 10 << 20),
        maxBody(settings),
        (int) settings.number("muster.bulk.async-jobs", 1, 64, 4),
        settings.number("muster.bulk.async-keep-seconds", 1, 86_400, 3_600));
  }

  private static int maxBody(Settings settings) {
    return (int) settings.number("muster.scim.max-body", 1_024, 64L << 20, JsonDocument.MAX_BYTES);
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
}
