package org.muster.bench.scenario;

import java.util.Iterator;
import org.jspecify.annotations.Nullable;
import org.muster.bench.http.Answer;
import org.muster.bench.http.Request;
import org.muster.bench.http.Traffic;
import org.muster.bench.measure.CpuClock;
import org.muster.bench.measure.Figures;
import org.muster.bench.measure.Latencies;

/** A given number of requests, each of which must create something. */
final class Creations implements Traffic {
  private final Iterator<Request> requests;
  private final Complaints complaints = new Complaints();
  private final Latencies latencies = new Latencies();

  Creations(Iterator<Request> requests) {
    this.requests = requests;
  }

  @Override
  public @Nullable Request next(int connection) {
    return requests.hasNext() ? requests.next() : null;
  }

  @Override
  public void answered(int connection, Answer answer) {
    if (answer.status() == 201) {
      latencies.add(answer.nanos());
    } else {
      complaints.add(answer);
    }
  }

  Figures figures(String name, CpuClock.Spent spent) {
    return new Figures(
        name,
        latencies.count(),
        complaints.count(),
        latencies.percentileMillis(0.5),
        latencies.percentileMillis(0.99),
        spent);
  }

  Complaints complaints() {
    return complaints;
  }
}
