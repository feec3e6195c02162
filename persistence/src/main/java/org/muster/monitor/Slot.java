package org.muster.monitor;

import java.util.concurrent.atomic.LongAdder;
import org.HdrHistogram.AtomicHistogram;

/** Durations and failures of a part of the window. Thread-safe. */
final class Slot {
  private final AtomicHistogram durations =
      new AtomicHistogram(WindowSum.LEAST_NANOS, WindowSum.MOST_NANOS, WindowSum.DIGITS);
  private final LongAdder failed = new LongAdder();

  void record(Outcome outcome, long nanos) {
    durations.recordValue(Math.max(0, Math.min(nanos, WindowSum.MOST_NANOS)));
    if (outcome.isFailure()) {
      failed.increment();
    }
  }

  void clear() {
    durations.reset();
    failed.reset();
  }

  void addTo(WindowSum sum) {
    sum.add(durations, failed.sum());
  }
}
