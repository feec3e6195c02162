package org.muster.storage.metrics;

import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.eclipse.microprofile.metrics.Metadata;
import org.eclipse.microprofile.metrics.MetricRegistry;
import org.eclipse.microprofile.metrics.MetricUnits;
import org.eclipse.microprofile.metrics.Tag;
import org.eclipse.microprofile.metrics.Timer;

/**
 * Keeps call times as the timer {@code muster_storage_calls}, by back end, operation and outcome;
 * never by tenant or key.
 */
public final class RegisteredTimes implements CallTimes {
  private static final Metadata CALLS =
      Metadata.builder()
          .withName("muster_storage_calls")
          .withDescription("Calls of the document store, by back end, operation and outcome")
          .withUnit(MetricUnits.SECONDS)
          .build();

  private final Map<Call, Timer> timers = new ConcurrentHashMap<>();
  private final MetricRegistry registry;
  private final String backend;

  public RegisteredTimes(MetricRegistry registry, String backend) {
    this.registry = registry;
    this.backend = backend;
  }

  @Override
  public void record(String operation, String outcome, Duration taken) {
    Call call = new Call(operation, outcome);
    Timer timer = timers.get(call);
    if (timer == null) {
      timer = timers.computeIfAbsent(call, this::register);
    }
    timer.update(taken);
  }

  private Timer register(Call call) {
    return registry.timer(
        CALLS,
        new Tag("backend", backend),
        new Tag("operation", call.operation()),
        new Tag("outcome", call.outcome()));
  }

  private record Call(String operation, String outcome) {}
}
