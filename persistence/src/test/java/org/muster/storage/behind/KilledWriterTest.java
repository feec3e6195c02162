package org.muster.storage.behind;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.muster.event.Event;
import org.muster.event.EventStore;
import org.muster.event.Sealing;
import org.muster.event.StreamRead;
import org.muster.event.document.DocumentState;
import org.muster.kernel.TenantId;
import org.muster.kernel.Version;
import org.muster.storage.StorageKey;
import org.muster.storage.StorageProvider;
import org.muster.storage.Stored;
import org.muster.storage.jpa.TestDatabase;

/**
 * Kills a process with -9 while it acknowledges writes, has another one go on with its log, and
 * looks for what is missing, out of order or there twice. {@code -Dmuster.crash.rounds=100} for
 * more rounds, {@code -Dmuster.seed} to repeat.
 */
class KilledWriterTest {
  @TempDir Path folder;
  private final long seed = Long.getLong("muster.seed", new Random().nextLong());
  private final Random random = new Random(seed);
  private long acknowledged;
  private long left;

  /** What was told last of a document. */
  private record Told(int number, Version version) {}

  @Test
  @Timeout(value = 30, unit = TimeUnit.MINUTES)
  void whatWasAcknowledgedIsThereInOrderAndOnce() throws Exception {
    assumeTrue(TestDatabase.postgres().isPresent(), TestDatabase::whyNoPostgres);
    TestDatabase database = TestDatabase.postgres().orElseThrow();
    int rounds = Integer.getInteger("muster.crash.rounds", 3);
    System.out.printf(Locale.ROOT, "Killed writers: seed %d, %d rounds%n", seed, rounds);
    for (int round = 0; round < rounds; round++) {
      TenantId tenant = new TenantId("k" + UUID.randomUUID().toString().replace("-", ""));
      Path log = folder.resolve("round-" + round);
      Map<String, Told> told = untilKilled(database, tenant, log);
      Behind behind = WriterChild.behind(database, log, Duration.ZERO);
      left += behind.figures().entries();
      behind.start(Units::thread);
      behind.stop();
      assertThat(behind.figures().entries()).isZero();
      assertThat(behind.figures().corrupt()).isZero();
      assertThat(behind.letters(0, 10)).as("dead letters, seed %d", seed).isEmpty();
      check(database, tenant, told);
    }
    System.out.printf(
        Locale.ROOT,
        "Killed writers: %d writes acknowledged, %d left to the next run%n",
        acknowledged,
        left);
    assertThat(acknowledged).isGreaterThan(rounds * 50L);
    assertThat(left).isPositive();
  }

  private Map<String, Told> untilKilled(TestDatabase database, TenantId tenant, Path log)
      throws Exception {
    ProcessBuilder builder =
        new ProcessBuilder(
            System.getProperty("java.home") + "/bin/java",
            "-Xmx256m",
            "-XX:TieredStopAtLevel=1",
            "-XX:+UseSerialGC",
            "-cp",
            System.getProperty("surefire.test.class.path", System.getProperty("java.class.path")),
            WriterChild.class.getName(),
            log.toString(),
            tenant.value(),
            Long.toString(random.nextLong()));
    builder.environment().put("MUSTER_TEST_POSTGRES", database.url());
    builder.redirectError(ProcessBuilder.Redirect.appendTo(new File("target/writer-child.log")));
    Process process = builder.start();
    Map<String, Told> told = new HashMap<>();
    try (BufferedReader in =
        new BufferedReader(
            new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8))) {
      assertThat(in.readLine()).as("see target/writer-child.log").isEqualTo("ready");
      assertThatThrownBy(() -> WriterChild.behind(database, log, Duration.ZERO))
          .as("two processes on one log")
          .isInstanceOf(IllegalStateException.class);
      Thread killer = new Thread(() -> kill(process), "killer");
      killer.start();
      for (String line = in.readLine(); line != null; line = in.readLine()) {
        String[] words = line.split(" ", -1);
        if (line.matches("\\S+ [0-9]+ [0-9]+")) {
          Version version = new Version(Long.parseLong(words[2]));
          told.put(words[0], new Told(Integer.parseInt(words[1]), version));
          acknowledged++;
        }
      }
      killer.join();
    } finally {
      process.destroyForcibly();
    }
    return told;
  }

  private void kill(Process process) {
    try {
      TimeUnit.MILLISECONDS.sleep(300 + random.nextInt(700));
      process.toHandle().destroyForcibly(); // the process's own method would close its output, too
      process.waitFor();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void check(TestDatabase database, TenantId tenant, Map<String, Told> told)
      throws IOException {
    StorageProvider store = WriterChild.store(database);
    EventStore events = database.events(Sealing.NONE);
    for (Map.Entry<String, Told> each : told.entrySet()) {
      StorageKey key = new StorageKey(tenant, "Device", each.getKey());
      Stored stored = store.get(key, List.of()).orElseThrow();
      int number = stored.document().tree().path("age").asInt();
      assertThat(number)
          .as("%s, seed %d", key, seed)
          .isGreaterThanOrEqualTo(each.getValue().number());
      if (number == each.getValue().number()) {
        assertThat(stored.version()).isEqualTo(each.getValue().version());
      }
      DocumentState state = new DocumentState(key);
      int before = -1;
      Version last = null;
      for (Event event : events.read(StreamRead.forward(key, 1, StreamRead.MOST))) {
        state.apply(event);
        int next = state.document().orElseThrow().tree().path("age").asInt();
        assertThat(next).as("order of %s, seed %d", key, seed).isGreaterThan(before);
        before = next;
        last = event.recorded().version().orElseThrow();
      }
      assertThat(last).as("last event of %s, seed %d", key, seed).isEqualTo(stored.version());
    }
  }
}
