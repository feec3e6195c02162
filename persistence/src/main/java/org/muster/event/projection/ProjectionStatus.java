package org.muster.event.projection;

import java.time.Duration;
import java.util.Optional;

/**
 * How a projection is.
 *
 * @param behind about how many events it has not done yet
 * @param lag the age of the oldest of these
 * @param perSecond how many events it has done a second while it was made anew; empty if it is not
 * @param left how long that takes about, at that rate
 */
public record ProjectionStatus(
    Progress progress,
    long behind,
    Duration lag,
    Optional<Double> perSecond,
    Optional<Duration> left) {
  /** The phase in one word, or that it has failed. */
  public String state() {
    return progress.error().isPresent() ? "failed" : progress.phase().word();
  }
}
