package org.muster.storage.wiring;

import io.opentelemetry.api.OpenTelemetry;
import jakarta.enterprise.context.Dependent;
import jakarta.enterprise.inject.Instance;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.time.Clock;
import org.eclipse.microprofile.metrics.MetricRegistry;
import org.muster.config.Settings;
import org.muster.monitor.Monitor;
import org.muster.monitor.MonitorLog;
import org.muster.monitor.MonitorSettings;
import org.muster.monitor.PublishedTimes;
import org.muster.monitor.Watch;
import org.muster.monitor.trace.Tracing;

/** Makes the monitor, and what stores are watched by. */
@Dependent
class MonitorWiring {
  /** By which MicroProfile Telemetry is switched on: only if it is set to false. */
  private static final String DISABLED = "otel.sdk.disabled";

  @Produces
  @Singleton
  Monitor monitor(Settings settings, MetricRegistry registry) {
    return new Monitor(
        MonitorSettings.of(settings),
        provider -> new PublishedTimes(registry, provider),
        Clock.systemUTC(),
        MonitorLog.ofServer());
  }

  @Produces
  @Singleton
  Tracing tracing(Settings settings, Instance<OpenTelemetry> telemetry) {
    return Tracing.of(!settings.flag(DISABLED, true), telemetry::get);
  }

  @Produces
  @Singleton
  Watch watch(Monitor monitor, Tracing tracing) {
    return provider -> tracing.over(monitor.calls(provider), provider);
  }
}
