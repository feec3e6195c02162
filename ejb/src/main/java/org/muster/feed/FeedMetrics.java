package org.muster.feed;

import jakarta.enterprise.context.Dependent;
import jakarta.enterprise.event.Observes;
import java.time.Clock;
import org.eclipse.microprofile.metrics.Metadata;
import org.eclipse.microprofile.metrics.MetricRegistry;
import org.eclipse.microprofile.metrics.MetricUnits;
import org.eclipse.microprofile.metrics.Tag;
import org.muster.event.Checkpoints;
import org.muster.operations.Started;

/**
 * Shows how many streams of events are open on this node ({@code muster_feed_streams}), and how old
 * the oldest event is that some consumer has not passed ({@code muster_feed_lag_seconds}), for
 * consumers of clients and of the server; never by tenant or name.
 */
@Dependent
class FeedMetrics {
  private static final Metadata STREAMS =
      Metadata.builder()
          .withName("muster_feed_streams")
          .withDescription("Streams of events that are open")
          .build();
  private static final Metadata LAG =
      Metadata.builder()
          .withName("muster_feed_lag")
          .withDescription("Age of the oldest event that a consumer has not passed")
          .withUnit(MetricUnits.SECONDS)
          .build();

  void onStart(
      @Observes Started started,
      MetricRegistry registry,
      Streams streams,
      Checkpoints checkpoints) {
    registry.gauge(STREAMS, streams::count);
    Clock clock = Clock.systemUTC();
    Lag clients = new Lag(() -> checkpoints.oldestUnread(false), clock);
    Lag server = new Lag(() -> checkpoints.oldestUnread(true), clock);
    registry.gauge(LAG, clients::seconds, new Tag("of", "clients"));
    registry.gauge(LAG, server::seconds, new Tag("of", "server"));
  }
}
