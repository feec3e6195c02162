package org.muster.operations;

import jakarta.enterprise.context.Dependent;
import jakarta.enterprise.event.Observes;
import java.time.Duration;
import java.util.function.Supplier;
import java.util.function.ToLongFunction;
import org.eclipse.microprofile.metrics.Metadata;
import org.eclipse.microprofile.metrics.MetadataBuilder;
import org.eclipse.microprofile.metrics.MetricRegistry;
import org.eclipse.microprofile.metrics.MetricUnits;
import org.eclipse.microprofile.metrics.Tag;
import org.muster.storage.BehindFigures;
import org.muster.storage.WriteBehind;

/**
 * Shows the writes that are acknowledged before the store has them: how many there are and how old
 * ({@code muster_write_behind_pending}, {@code _bytes}, {@code _oldest_seconds}), what became of
 * others ({@code muster_write_behind_writes} by outcome), what has to be looked at ({@code
 * _dead_letters}, {@code _corrupt}), and the log ({@code _log_bytes}, {@code _syncs}, {@code
 * _sync_seconds}). Where there are none there are no gauges.
 */
@Dependent
class WriteBehindMetrics {
  private static final double MILLIS_PER_SECOND = 1_000;

  void onStart(@Observes Started started, MetricRegistry registry, WriteBehind behind) {
    if (!behind.isOn()) {
      return;
    }
    show(
        registry,
        named()
            .withName("muster_write_behind_pending")
            .withDescription("Writes that the store has not got"),
        () -> behind.figures().entries());
    show(
        registry,
        named().withName("muster_write_behind_bytes").withDescription("How long their entries are"),
        () -> behind.figures().bytes());
    show(
        registry,
        named().withName("muster_write_behind_dead_letters").withDescription("Dead letters"),
        () -> behind.figures().letters());
    show(
        registry,
        named()
            .withName("muster_write_behind_corrupt")
            .withDescription("Damaged pieces of the log"),
        () -> behind.figures().corrupt());
    show(
        registry,
        named()
            .withName("muster_write_behind_refused")
            .withDescription("Writes that found it full"),
        () -> behind.figures().refused());
    show(
        registry,
        named().withName("muster_write_behind_log_bytes").withDescription("How large the log is"),
        () -> behind.figures().logBytes());
    show(
        registry,
        named()
            .withName("muster_write_behind_syncs")
            .withDescription("How often the log was forced to disk"),
        () -> behind.figures().syncs());
    show(
        registry,
        named()
            .withName("muster_write_behind_oldest")
            .withUnit(MetricUnits.SECONDS)
            .withDescription("Age of the oldest write that the store has not got"),
        () -> seconds(behind.figures().oldest()));
    show(
        registry,
        named()
            .withName("muster_write_behind_sync")
            .withUnit(MetricUnits.SECONDS)
            .withDescription("How long forcing the log to disk has taken"),
        () -> seconds(behind.figures().syncTime()));
    outcome(registry, behind, "written", BehindFigures::written);
    outcome(registry, behind, "coalesced", BehindFigures::coalesced);
    outcome(registry, behind, "dead", BehindFigures::dead);
    outcome(registry, behind, "dropped", BehindFigures::dropped);
  }

  private static MetadataBuilder named() {
    return Metadata.builder();
  }

  private static void show(
      MetricRegistry registry, MetadataBuilder metadata, Supplier<Number> figure) {
    registry.gauge(metadata.build(), figure);
  }

  private static void outcome(
      MetricRegistry registry,
      WriteBehind behind,
      String outcome,
      ToLongFunction<BehindFigures> figure) {
    registry.gauge(
        named()
            .withName("muster_write_behind_writes")
            .withDescription("What became of writes that were acknowledged early")
            .build(),
        () -> figure.applyAsLong(behind.figures()),
        new Tag("outcome", outcome));
  }

  private static double seconds(Duration duration) {
    return duration.toMillis() / MILLIS_PER_SECOND;
  }
}
