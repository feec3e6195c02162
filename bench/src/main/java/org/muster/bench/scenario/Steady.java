package org.muster.bench.scenario;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.muster.bench.http.Answer;
import org.muster.bench.http.Request;
import org.muster.bench.http.Traffic;
import org.muster.bench.measure.CpuClock;
import org.muster.bench.measure.Figures;
import org.muster.bench.measure.Latencies;

/**
 * Sends requests of one kind without a pause: first to warm the server up, then measured. Gives up
 * early if nothing succeeds.
 */
final class Steady implements Traffic {
  private static final int HOPELESS = 200;

  private final Source source;
  private final CpuClock clock;
  private final Complaints complaints = new Complaints();
  private final Latencies latencies = new Latencies();
  private final long warmUntil;
  private final long measureNanos;
  private long good;
  private CpuClock.@Nullable Reading start;
  private CpuClock.@Nullable Reading end;

  Steady(Source source, CpuClock clock, Duration warmUp, Duration measured) {
    this.source = source;
    this.clock = clock;
    this.warmUntil = System.nanoTime() + warmUp.toNanos();
    this.measureNanos = measured.toNanos();
  }

  @Override
  public @Nullable Request next(int connection) {
    if (end != null) {
      return null;
    }
    CpuClock.Reading started = start;
    if (started == null) {
      if (System.nanoTime() >= warmUntil) {
        start = read();
      }
    } else if (System.nanoTime() - started.nanoTime() >= measureNanos) {
      end = read();
      return null;
    }
    return source.next(connection);
  }

  @Override
  public void answered(int connection, Answer answer) {
    if (!source.good(connection, answer)) {
      complaints.add(answer);
      if (good == 0 && complaints.count() == HOPELESS) {
        start = start == null ? read() : start;
        end = read();
      }
      return;
    }
    good++;
    if (start != null && end == null) {
      latencies.add(answer.nanos());
    }
  }

  Figures figures(String name) {
    CpuClock.Reading from = start;
    CpuClock.Reading to = end;
    return new Figures(
        name,
        latencies.count(),
        complaints.count(),
        latencies.percentileMillis(0.5),
        latencies.percentileMillis(0.99),
        from == null || to == null ? CpuClock.Spent.NOTHING : from.until(to));
  }

  Complaints complaints() {
    return complaints;
  }

  private CpuClock.Reading read() {
    try {
      return clock.read();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
