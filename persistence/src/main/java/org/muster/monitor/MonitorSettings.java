package org.muster.monitor;

import java.time.Duration;
import org.muster.config.Settings;

/**
 * How the monitor watches.
 *
 * @param slow from how long on a call is slow; zero for never
 * @param window over which error rates and percentiles are taken
 * @param errorPercent failures of a hundred calls, over which there is a warning
 * @param errorCalls with how many calls in the window at least
 * @param summary between two summaries in the log; zero for none
 */
public record MonitorSettings(
    Duration slow, Duration window, int errorPercent, int errorCalls, Duration summary) {

  /** The configured ones. */
  public static MonitorSettings of(Settings settings) {
    return new MonitorSettings(
        Duration.ofMillis(settings.number("muster.monitor.slow-millis", 0, 600_000, 100)),
        Duration.ofSeconds(settings.number("muster.monitor.window-seconds", 10, 3_600, 60)),
        (int) settings.number("muster.monitor.error-percent", 0, 100, 5),
        (int) settings.number("muster.monitor.error-calls", 1, 1_000_000, 100),
        Duration.ofSeconds(settings.number("muster.monitor.summary-seconds", 0, 86_400, 300)));
  }
}
