package org.muster.security;

import io.github.bucket4j.TimeMeter;
import org.muster.ManualClock;

/** The time of buckets, by a clock that stands still until told. */
record ManualTime(ManualClock clock) implements TimeMeter {
  @Override
  public long currentTimeNanos() {
    return clock.nanos();
  }

  @Override
  public boolean isWallClockBased() {
    return true;
  }
}
