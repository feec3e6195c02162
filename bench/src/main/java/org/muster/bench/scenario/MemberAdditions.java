package org.muster.bench.scenario;

import java.io.IOException;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.muster.bench.data.Bodies;
import org.muster.bench.http.Answer;
import org.muster.bench.http.Request;
import org.muster.bench.http.Traffic;
import org.muster.bench.measure.CpuClock;
import org.muster.bench.measure.Figures;
import org.muster.bench.measure.Latencies;

/**
 * Adds single members to groups of one size. Goes in turns of about a thousand additions, which are
 * measured, and as many removals, which are not, so that the groups keep their size within a tenth;
 * each group belongs to one connection.
 */
final class MemberAdditions {
  private static final int TURN = 1000;

  private final Server server;
  private final List<String> groups;
  private final List<String> newcomers;
  private final int perGroup;
  private final Complaints complaints = new Complaints();
  private final Latencies latencies = new Latencies();
  private CpuClock.Spent spent = CpuClock.Spent.NOTHING;

  /**
   * @param groups their ids, at least one for each connection
   * @param newcomers ids of users who are in none of the groups
   */
  MemberAdditions(Server server, int size, List<String> groups, List<String> newcomers) {
    this.server = server;
    this.groups = groups;
    this.newcomers = newcomers;
    this.perGroup = Math.max(1, Math.min(size / 10, TURN / groups.size()));
    if (groups.size() < server.connections() || newcomers.size() < perGroup) {
      throw new IllegalArgumentException("Too few groups or users for this many connections");
    }
  }

  Figures measure(String name) throws IOException {
    long started = System.nanoTime();
    while (System.nanoTime() - started < server.warmUp().toNanos() && hopeful()) {
      turn(false);
    }
    double seconds = server.measured().toNanos() / 1e9;
    do {
      turn(true);
    } while (spent.seconds() < seconds && hopeful());
    Figures figures =
        new Figures(
            name,
            latencies.count(),
            complaints.count(),
            latencies.percentileMillis(0.5),
            latencies.percentileMillis(0.99),
            spent);
    return Server.told(figures, complaints);
  }

  private boolean hopeful() {
    return complaints.count() < TURN;
  }

  private void turn(boolean measured) throws IOException {
    CpuClock.Reading start = server.clock().read();
    server.run(new Half(true, measured));
    if (measured) {
      spent = spent.plus(start.until(server.clock().read()));
    }
    server.run(new Half(false, false));
  }

  /** Each addition, or each removal, of one turn. */
  private final class Half implements Traffic {
    private final boolean adding;
    private final boolean measured;
    private final int[] sent = new int[server.connections()];

    Half(boolean adding, boolean measured) {
      this.adding = adding;
      this.measured = measured;
    }

    @Override
    public @Nullable Request next(int connection) {
      int mine = (groups.size() - 1 - connection) / server.connections() + 1;
      int number = sent[connection]++;
      if (number >= mine * perGroup) {
        return null;
      }
      String group = groups.get(connection + number % mine * server.connections());
      String user = newcomers.get(number / mine);
      return server
          .target()
          .patch(
              Bodies.GROUPS + "/" + group,
              adding ? Bodies.addMembers(List.of(user)) : Bodies.removeMember(user));
    }

    @Override
    public void answered(int connection, Answer answer) {
      if (!answer.ok()) {
        complaints.add(answer);
      } else if (measured) {
        latencies.add(answer.nanos());
      }
    }
  }
}
