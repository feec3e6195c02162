package org.muster.monitor;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;

/** The calls of one provider, by operation. Thread-safe. */
final class ProviderStats implements CallTimes {
  private final Provider provider;
  private final CallTimes published;
  private final ErrorAlarm alarm;
  private final Map<String, OperationStats> operations = new ConcurrentHashMap<>();

  /**
   * No calls yet.
   *
   * @param published where they are noted besides
   */
  ProviderStats(Provider provider, CallTimes published, ErrorAlarm alarm) {
    this.provider = provider;
    this.published = published;
    this.alarm = alarm;
  }

  @Override
  public void record(String operation, Outcome outcome, long nanos) {
    OperationStats stats = operations.get(operation);
    if (stats == null) {
      stats = operations.computeIfAbsent(operation, name -> new OperationStats());
    }
    stats.record(outcome, nanos);
    published.record(operation, outcome, nanos);
  }

  /** Has the window slide on, and looks at the share of failures in it. */
  void turn() {
    alarm.judge(window().figures());
    operations.values().forEach(OperationStats::turn);
  }

  ProviderFigures figures() {
    Map<String, Figures> parts = new TreeMap<>();
    operations.forEach((operation, stats) -> parts.put(operation, stats.figures()));
    List<Figures> all = new ArrayList<>(parts.values());
    return new ProviderFigures(provider, Figures.sum(all, window().figures()), parts);
  }

  private WindowSum window() {
    WindowSum sum = new WindowSum();
    operations.values().forEach(stats -> stats.addTo(sum));
    return sum;
  }
}
