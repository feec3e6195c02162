package org.muster.retention;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import org.eclipse.microprofile.metrics.Counter;
import org.eclipse.microprofile.metrics.Metadata;
import org.eclipse.microprofile.metrics.MetricRegistry;
import org.eclipse.microprofile.metrics.MetricUnits;

/**
 * What this node has purged, as the counter {@code muster_retention_purged_total}, and how old the
 * oldest tombstone was that its last run left, as the gauge {@code
 * muster_retention_oldest_seconds}; 0 if none was left.
 */
final class RetentionMetrics {
  private static final Metadata PURGED =
      Metadata.builder()
          .withName("muster_retention_purged")
          .withDescription("Deleted documents that were removed for good")
          .build();
  private static final Metadata OLDEST =
      Metadata.builder()
          .withName("muster_retention_oldest")
          .withDescription("Age of the oldest deleted document that the last run left")
          .withUnit(MetricUnits.SECONDS)
          .build();

  private final Counter purged;
  private final AtomicLong oldestSeconds = new AtomicLong();

  RetentionMetrics(MetricRegistry registry) {
    this.purged = registry.counter(PURGED);
    registry.gauge(OLDEST, oldestSeconds::get);
  }

  void record(Outcome outcome) {
    purged.inc(outcome.purged());
    oldestSeconds.set(outcome.oldest().map(Duration::toSeconds).orElse(0L));
  }
}
