package org.muster.bench.measure;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.StringTokenizer;

/**
 * Reads how much CPU time server, database, this client and the whole machine have used, from
 * {@code /proc}. A process counts with its children, living or reaped.
 */
public final class CpuClock {
  private static final double MILLIS_PER_TICK = 10; // USER_HZ is 100 on every Linux that runs Java

  private final Path proc;
  private final List<Long> servers;

  /**
   * Counts these processes as the server.
   *
   * @param servers process ids: the server's JVM, PostgreSQL's postmaster
   */
  public CpuClock(List<Long> servers) {
    this(ProcStat.PROC, servers);
  }

  CpuClock(Path proc, List<Long> servers) {
    this.proc = proc;
    this.servers = List.copyOf(servers);
  }

  public Reading read() throws IOException {
    double server = 0;
    if (!servers.isEmpty()) {
      List<ProcStat> all = ProcStat.all(proc);
      for (long pid : servers) {
        server += family(pid, all);
      }
    }
    double client =
        ProcStat.of(proc, ProcessHandle.current().pid())
            .map(stat -> stat.ownTicks() + stat.reapedTicks()) // pgbench is a child
            .orElse(0L);
    return new Reading(
        System.nanoTime(),
        server * MILLIS_PER_TICK,
        client * MILLIS_PER_TICK,
        machineTicks() * MILLIS_PER_TICK);
  }

  /** Own time and reaped children's of the process and of all that descend from it. */
  private static long family(long root, List<ProcStat> all) {
    List<Long> family = new ArrayList<>(List.of(root));
    long ticks = 0;
    for (int i = 0; i < family.size(); i++) {
      long pid = family.get(i);
      for (ProcStat stat : all) {
        if (stat.pid() == pid) {
          ticks += stat.ownTicks() + stat.reapedTicks();
        } else if (stat.parent() == pid) {
          family.add(stat.pid());
        }
      }
    }
    return ticks;
  }

  /** Busy time of all cores: user, nice, system, irq, softirq, steal. */
  private long machineTicks() throws IOException {
    String text = Files.readString(proc.resolve("stat"), StandardCharsets.ISO_8859_1);
    StringTokenizer fields = new StringTokenizer(text.substring(0, text.indexOf('\n')));
    fields.nextToken();
    long busy = 0;
    for (int i = 0; i < 8 && fields.hasMoreTokens(); i++) {
      long ticks = Long.parseLong(fields.nextToken());
      if (i != 3 && i != 4) { // idle and iowait
        busy += ticks;
      }
    }
    return busy;
  }

  /** CPU time used up to a moment. */
  public record Reading(
      long nanoTime, double serverMillis, double clientMillis, double machineMillis) {

    /** What was used from this reading until a later one. */
    public Spent until(Reading later) {
      return new Spent(
          (later.nanoTime - nanoTime) / 1e9,
          later.serverMillis - serverMillis,
          later.clientMillis - clientMillis,
          later.machineMillis - machineMillis);
    }
  }

  /** CPU time used between two moments. */
  public record Spent(
      double seconds, double serverMillis, double clientMillis, double machineMillis) {
    public static final Spent NOTHING = new Spent(0, 0, 0, 0);

    public Spent plus(Spent other) {
      return new Spent(
          seconds + other.seconds,
          serverMillis + other.serverMillis,
          clientMillis + other.clientMillis,
          machineMillis + other.machineMillis);
    }

    /** The share of all cores that neither server nor client used: noise, if it is not small. */
    public double othersShare(int cores) {
      double others = machineMillis - serverMillis - clientMillis;
      return Math.max(0, others / (seconds * 1000 * cores));
    }
  }
}
