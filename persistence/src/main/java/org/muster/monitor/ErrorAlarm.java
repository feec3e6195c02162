package org.muster.monitor;

import java.lang.System.Logger.Level;
import java.util.Locale;

/**
 * Warns once when the share of failures is over a bound, and says when that is over. Too few calls
 * raise no alarm, nor do they end one. For one thread at a time.
 */
final class ErrorAlarm {
  private static final double PERCENT = 100;

  private final String label;
  private final MonitorSettings settings;
  private final MonitorLog log;
  private boolean raised;

  ErrorAlarm(String label, MonitorSettings settings, MonitorLog log) {
    this.label = label;
    this.settings = settings;
    this.log = log;
  }

  synchronized void judge(Figures.Window window) {
    boolean over = window.errorRate() * PERCENT > settings.errorPercent();
    if (raised && !over) {
      raised = false;
      log.write(Level.INFO, "Error rate: " + label + " is back to normal: " + told(window));
    } else if (!raised && over && window.total() >= settings.errorCalls()) {
      raised = true;
      log.write(
          Level.WARNING,
          "Error rate: "
              + label
              + " is over "
              + settings.errorPercent()
              + " percent: "
              + told(window));
    }
  }

  private String told(Figures.Window window) {
    return String.format(
        Locale.ROOT,
        "%d of %d calls failed in the last %d s (%.1f percent)",
        window.failed(),
        window.total(),
        settings.window().toSeconds(),
        window.errorRate() * PERCENT);
  }
}
