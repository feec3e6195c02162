package org.muster.bench.measure;

import java.util.Locale;

/**
 * What a run of requests came to.
 *
 * @param name of the scenario
 * @param requests answered within the measured time
 * @param errors requests of the whole run, warm-up included, that did not end as they must
 * @param spent the measured time, and what it cost
 */
public record Figures(
    String name,
    long requests,
    long errors,
    double p50Millis,
    double p99Millis,
    CpuClock.Spent spent) {

  /** The same for what a request did many of. */
  public Figures times(int many) {
    return new Figures(name, requests * many, errors, p50Millis, p99Millis, spent);
  }

  public double perSecond() {
    return requests / spent.seconds();
  }

  /** CPU time of server and database for one request. */
  public double serverMicros() {
    return spent.serverMillis() * 1000 / requests;
  }

  /** CPU time of this program for one request. */
  public double clientMicros() {
    return spent.clientMillis() * 1000 / requests;
  }

  @Override
  public String toString() {
    return String.format(
        Locale.ROOT,
        "%s: %.0f/s, p50 %.2f ms, p99 %.2f ms, %d errors, %.0f us of server CPU each",
        name,
        perSecond(),
        p50Millis,
        p99Millis,
        errors,
        serverMicros());
  }
}
