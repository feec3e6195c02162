package org.muster.delivery;

import java.time.Duration;
import org.muster.receiver.Kind;

/** Is told of each attempt. Thread-safe. */
@FunctionalInterface
public interface Meter {
  /** Nobody counts. */
  Meter NONE = (kind, outcome, taken) -> {};

  /**
   * An attempt is over.
   *
   * @param outcome delivered, rejected, failed or gone
   */
  void attempted(Kind kind, String outcome, Duration taken);
}
