package org.muster.bench.measure;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CpuClockTest {
  @TempDir private Path proc;

  @Test
  void serverIsItsProcessesTheirChildrenAndThoseReaped() throws IOException {
    machine("cpu  100 1 50 9000 7 2 3 4 0 0");
    process(10, 1, "java", 100, 20, 3, 4);
    process(20, 1, "postgres", 1, 1, 500, 0);
    process(21, 20, "postgres: a (b) c", 30, 10, 0, 0);
    process(22, 21, "postgres: child", 5, 0, 0, 0);
    process(99, 1, "somebody else", 1000, 1000, 1000, 1000);

    CpuClock.Reading reading = new CpuClock(proc, List.of(10L, 20L)).read();

    assertThat(reading.serverMillis()).isEqualTo((127 + 502 + 40 + 5) * 10);
    assertThat(reading.machineMillis()).isEqualTo((100 + 1 + 50 + 2 + 3 + 4) * 10);
  }

  @Test
  void processThatEndedCountsNothing() throws IOException {
    machine("cpu  1 1 1 1 1 1 1 1 0 0");

    assertThat(new CpuClock(proc, List.of(10L)).read().serverMillis()).isZero();
  }

  @Test
  void spentIsTheDifferenceAndAddsUp() {
    CpuClock.Spent spent =
        new CpuClock.Reading(1_000_000_000, 10, 20, 30)
            .until(new CpuClock.Reading(3_000_000_000L, 1010, 520, 2030));

    assertThat(spent).isEqualTo(new CpuClock.Spent(2, 1000, 500, 2000));
    assertThat(spent.plus(spent)).isEqualTo(new CpuClock.Spent(4, 2000, 1000, 4000));
    assertThat(spent.othersShare(2)).isEqualTo(500.0 / 4000);
  }

  @Test
  void ownCpuTimeGrowsWithWork() throws IOException {
    CpuClock clock = new CpuClock(List.of(ProcessHandle.current().pid()));
    CpuClock.Reading start = clock.read();
    long until = System.nanoTime() + 200_000_000;
    while (System.nanoTime() < until) {
      Thread.onSpinWait();
    }

    CpuClock.Spent spent = start.until(clock.read());

    assertThat(spent.clientMillis()).isPositive();
    assertThat(spent.serverMillis()).isGreaterThanOrEqualTo(spent.clientMillis());
    assertThat(spent.machineMillis()).isPositive();
  }

  private void machine(String line) throws IOException {
    Files.writeString(proc.resolve("stat"), line + "\ncpu0 1 1 1 1\n");
  }

  private void process(long pid, long parent, String name, long... ticks) throws IOException {
    Path folder = Files.createDirectory(proc.resolve(Long.toString(pid)));
    Files.writeString(
        folder.resolve("stat"),
        pid
            + " ("
            + name
            + ") S "
            + parent
            + " 1 1 0 -1 4194560 1 2 3 4 "
            + ticks[0]
            + " "
            + ticks[1]
            + " "
            + ticks[2]
            + " "
            + ticks[3]
            + " 20 0 1 0 12345 1 1\n");
  }
}
