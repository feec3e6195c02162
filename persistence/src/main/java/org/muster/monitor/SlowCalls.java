package org.muster.monitor;

import java.lang.System.Logger.Level;
import java.util.Locale;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.LongAdder;
import org.jspecify.annotations.Nullable;
import org.muster.kernel.TenantId;

/**
 * Tells the log of calls that took long: who was called and for whom, nothing of what was asked or
 * answered. At most {@value #MOST} lines for each turn; of the rest it says how many there were.
 */
final class SlowCalls {
  /** Lines between two turns. */
  static final int MOST = 20;

  private static final double NANOS_OF_MILLI = 1e6;

  private final long thresholdNanos;
  private final MonitorLog log;
  private final AtomicInteger written = new AtomicInteger();
  private final LongAdder withheld = new LongAdder();

  /**
   * Slow calls.
   *
   * @param thresholdNanos from how many nanoseconds on a call is slow; 0 for none
   */
  SlowCalls(long thresholdNanos, MonitorLog log) {
    this.thresholdNanos = thresholdNanos == 0 ? Long.MAX_VALUE : thresholdNanos;
    this.log = log;
  }

  void note(
      Provider provider,
      String operation,
      Outcome outcome,
      @Nullable TenantId tenant,
      long takenNanos) {
    if (takenNanos >= thresholdNanos) {
      tell(provider, operation, outcome, tenant, takenNanos);
    }
  }

  private void tell(
      Provider provider,
      String operation,
      Outcome outcome,
      @Nullable TenantId tenant,
      long takenNanos) {
    if (written.get() >= MOST || written.incrementAndGet() > MOST) {
      withheld.increment();
      return;
    }
    StringBuilder line =
        new StringBuilder(
            String.format(
                Locale.ROOT,
                "Slow call: provider=%s operation=%s outcome=%s millis=%.1f",
                provider.label().replace(' ', '/'),
                operation,
                outcome.word(),
                takenNanos / NANOS_OF_MILLI));
    if (tenant != null) {
      line.append(" tenant=").append(tenant.value());
    }
    CurrentRequest.id().ifPresent(id -> line.append(" request=").append(id));
    log.write(Level.WARNING, line.toString());
  }

  /** Lets more lines through, and says how many were held back. */
  void turn() {
    written.set(0);
    long rest = withheld.sumThenReset();
    if (rest > 0) {
      log.write(Level.WARNING, "Slow calls: " + rest + " more are not shown one by one");
    }
  }
}
