package org.muster.rest.request;

import java.time.Duration;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.Map;
import org.eclipse.microprofile.metrics.Metadata;
import org.eclipse.microprofile.metrics.MetricRegistry;
import org.eclipse.microprofile.metrics.MetricUnits;
import org.eclipse.microprofile.metrics.Tag;
import org.eclipse.microprofile.metrics.Timer;

/**
 * Times requests as {@code muster_requests_seconds}, by operation and class of status; never by
 * tenant.
 */
final class RequestMetrics {
  private static final String[] OUTCOMES = {"1xx", "2xx", "3xx", "4xx", "5xx"};
  private static final Metadata TIMED =
      Metadata.builder()
          .withName("muster_requests")
          .withDescription("Requests, by operation and class of status")
          .withUnit(MetricUnits.NANOSECONDS)
          .build();

  private final Map<Operation, Timer[]> timers = new EnumMap<>(Operation.class);

  RequestMetrics(MetricRegistry registry) {
    for (Operation operation : Operation.values()) {
      Tag tag = new Tag("operation", operation.label());
      timers.put(
          operation,
          Arrays.stream(OUTCOMES)
              .map(outcome -> registry.timer(TIMED, tag, new Tag("outcome", outcome)))
              .toArray(Timer[]::new));
    }
  }

  void record(Operation operation, int status, long nanos) {
    int outcome = Math.min(Math.max(status / 100, 1), OUTCOMES.length) - 1;
    Timer[] ofOperation = timers.get(operation);
    if (ofOperation != null) {
      ofOperation[outcome].update(Duration.ofNanos(nanos));
    }
  }
}
