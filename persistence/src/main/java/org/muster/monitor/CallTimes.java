package org.muster.monitor;

/** Where calls of one provider are noted. Thread-safe, and fast enough for each call. */
@FunctionalInterface
public interface CallTimes {
  /**
   * Notes one call.
   *
   * @param operation one of a few names
   * @param nanos nanoseconds that it took
   */
  void record(String operation, Outcome outcome, long nanos);
}
