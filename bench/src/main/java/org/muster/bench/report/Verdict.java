package org.muster.bench.report;

import java.util.Optional;

/**
 * One target and whether it was reached.
 *
 * @param bound the least, or the most, that {@code measured} may be
 * @param measured empty if a scenario that it needs was not run, or nothing of it succeeded
 */
record Verdict(String target, boolean least, double bound, Optional<Double> measured) {
  static Verdict atLeast(String target, double bound, Optional<Double> measured) {
    return new Verdict(target, true, bound, measured);
  }

  static Verdict atMost(String target, double bound, Optional<Double> measured) {
    return new Verdict(target, false, bound, measured);
  }

  String word() {
    return measured.map(value -> reached(value) ? "pass" : "FAIL").orElse("not measured");
  }

  private boolean reached(double value) {
    return least ? value >= bound : value <= bound;
  }
}
