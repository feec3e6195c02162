package org.muster.monitor;

import java.util.Collections;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;

/**
 * What became of calls.
 *
 * @param outcomes how many ended how, since the start; those that none ended with are left out
 * @param nanos nanoseconds that all of them took
 * @param window what the last ones were like
 */
public record Figures(Map<Outcome, Long> outcomes, long nanos, Window window) {
  private static final double NANOS_OF_MILLI = 1e6;

  public Figures {
    Map<Outcome, Long> copy = new EnumMap<>(Outcome.class);
    copy.putAll(outcomes);
    outcomes = Collections.unmodifiableMap(copy);
  }

  /**
   * The calls of the sliding window; durations in milliseconds, within 1 percent.
   *
   * @param failed how many of {@code total}
   */
  public record Window(
      long total,
      long failed,
      double meanMillis,
      double p50Millis,
      double p95Millis,
      double p99Millis,
      double maxMillis) {
    /** No calls. */
    public static final Window NONE = new Window(0, 0, 0, 0, 0, 0, 0);

    /** The share of calls that failed, from 0 to 1. */
    public double errorRate() {
      return total == 0 ? 0 : (double) failed / total;
    }
  }

  /**
   * The calls of several operations.
   *
   * @param window of all of them
   */
  static Figures sum(List<Figures> parts, Window window) {
    Map<Outcome, Long> outcomes = new EnumMap<>(Outcome.class);
    long nanos = 0;
    for (Figures part : parts) {
      part.outcomes.forEach((outcome, count) -> outcomes.merge(outcome, count, Long::sum));
      nanos += part.nanos;
    }
    return new Figures(outcomes, nanos, window);
  }

  /** Reads of a cache that are counted and not timed. */
  public static Figures reads(long hits, long misses) {
    return new Figures(Map.of(Outcome.HIT, hits, Outcome.MISS, misses), 0, Window.NONE);
  }

  /** All calls. */
  public long total() {
    return outcomes.values().stream().mapToLong(Long::longValue).sum();
  }

  /** The calls in which the server could not do its part. */
  public long failed() {
    return outcomes.entrySet().stream()
        .filter(each -> each.getKey().isFailure())
        .mapToLong(Map.Entry::getValue)
        .sum();
  }

  /** The calls that were answered, be it with a refusal. */
  public long successful() {
    return total() - failed();
  }

  /** The share of calls that failed, from 0 to 1. */
  public double errorRate() {
    long total = total();
    return total == 0 ? 0 : (double) failed() / total;
  }

  /** How long a call took, in milliseconds, over all that there were. */
  public double meanMillis() {
    long total = total();
    return total == 0 ? 0 : nanos / NANOS_OF_MILLI / total;
  }

  /** The calls that ended so. */
  public long count(Outcome outcome) {
    return outcomes.getOrDefault(outcome, 0L);
  }

  /** The share of reads that a cache could answer, from 0 to 1; empty if there were none. */
  public OptionalDouble hitRatio() {
    long hits = count(Outcome.HIT);
    long reads = hits + count(Outcome.MISS);
    return reads == 0 ? OptionalDouble.empty() : OptionalDouble.of((double) hits / reads);
  }
}
