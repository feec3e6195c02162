package org.muster.monitor;

import org.HdrHistogram.AbstractHistogram;
import org.HdrHistogram.Histogram;

/** Adds up slots, of one operation or of several. For one thread. */
final class WindowSum {
  /** What is shorter is as good as this. */
  static final long LEAST_NANOS = 100;

  /** What is longer counts as this: 10 minutes. */
  static final long MOST_NANOS = 600_000_000_000L;

  /** Significant decimal digits: durations are told within 1 percent. */
  static final int DIGITS = 2;

  private static final double NANOS_OF_MILLI = 1e6;

  private final Histogram durations = new Histogram(LEAST_NANOS, MOST_NANOS, DIGITS);
  private long failed;

  void add(AbstractHistogram more, long moreFailed) {
    durations.add(more);
    failed += moreFailed;
  }

  Figures.Window figures() {
    long total = durations.getTotalCount();
    if (total == 0) {
      return Figures.Window.NONE;
    }
    return new Figures.Window(
        total,
        Math.min(failed, total), // those that are being noted at this moment may be ahead
        durations.getMean() / NANOS_OF_MILLI,
        at(50),
        at(95),
        at(99),
        durations.getMaxValue() / NANOS_OF_MILLI);
  }

  private double at(double percentile) {
    return durations.getValueAtPercentile(percentile) / NANOS_OF_MILLI;
  }
}
