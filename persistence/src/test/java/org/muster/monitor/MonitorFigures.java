package org.muster.monitor;

import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.muster.kernel.TenantId;

/** Measures by hand what it costs to watch a call; see docs/benchmarks.md. */
final class MonitorFigures {
  private static final int CALLS = 20_000_000;
  private static final int ROUNDS = 5;

  private MonitorFigures() {}

  public static void main(String[] arguments) throws Exception {
    Monitor monitor =
        new Monitor(
            new MonitorSettings(
                Duration.ofMillis(100), Duration.ofMinutes(1), 5, 100, Duration.ZERO),
            provider -> (operation, outcome, nanos) -> {},
            Clock.systemUTC(),
            (level, line) -> {});
    Calls timed = monitor.calls(Provider.storage("jpa"));
    for (int threads : new int[] {1, 2}) {
      report("not watched", threads, Calls.UNWATCHED);
      report("watched", threads, timed);
    }
  }

  private static void report(String name, int threads, Calls calls) throws Exception {
    double best = Double.MAX_VALUE;
    for (int round = 0; round < ROUNDS; round++) {
      best = Math.min(best, nanosPerCall(threads, calls));
    }
    System.out.printf("%-12s %d threads: %6.1f ns a call%n", name, threads, best);
  }

  private static double nanosPerCall(int threads, Calls calls) throws Exception {
    ExecutorService executor = Executors.newFixedThreadPool(threads);
    try {
      long start = System.nanoTime();
      List<Future<Long>> all = new ArrayList<>();
      for (int i = 0; i < threads; i++) {
        all.add(
            executor.submit(
                () -> {
                  long sum = 0;
                  for (int call = 0; call < CALLS; call++) {
                    Integer number = call;
                    sum += calls.call("get", TenantId.DEFAULT, () -> number);
                  }
                  return sum;
                }));
      }
      long sum = 0;
      for (Future<Long> each : all) {
        sum += each.get();
      }
      if (sum == 0) {
        throw new IllegalStateException("nothing was called");
      }
      return (double) (System.nanoTime() - start) / CALLS;
    } finally {
      executor.shutdownNow();
    }
  }
}
