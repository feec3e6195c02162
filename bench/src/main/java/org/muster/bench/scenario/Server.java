package org.muster.bench.scenario;

import java.io.IOException;
import java.time.Duration;
import org.muster.bench.http.Load;
import org.muster.bench.http.Target;
import org.muster.bench.http.Traffic;
import org.muster.bench.measure.CpuClock;
import org.muster.bench.measure.Figures;

/**
 * The server under load, and how long it is put under load.
 *
 * @param clock reads the CPU time of server and database
 * @param connections used by every scenario
 */
public record Server(
    Target target, CpuClock clock, int connections, Duration warmUp, Duration measured) {
  private static final Duration PATIENCE = Duration.ofMinutes(2);

  /** Sends traffic over as many connections as the server is measured with. */
  public void run(Traffic traffic) throws IOException {
    run(traffic, connections);
  }

  /** Sends traffic over {@code count} connections. */
  public void run(Traffic traffic, int count) throws IOException {
    try (Load load = new Load(target, count, PATIENCE)) {
      load.run(traffic);
    }
  }

  Figures measure(String name, Source source) throws IOException {
    Steady steady = new Steady(source, clock, warmUp, measured);
    run(steady);
    return told(steady.figures(name), steady.complaints());
  }

  /** Tells what came out of a scenario, at once, to whoever waits for it. */
  static Figures told(Figures figures, Complaints complaints) {
    System.err.println(figures);
    complaints.kept().forEach(complaint -> System.err.println("  not as it must be: " + complaint));
    return figures;
  }
}
