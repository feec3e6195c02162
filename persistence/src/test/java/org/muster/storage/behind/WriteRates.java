package org.muster.storage.behind;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.Arrays;
import java.util.Locale;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;
import java.util.stream.LongStream;
import org.muster.event.Sealing;
import org.muster.kernel.Precondition;
import org.muster.kernel.TenantId;
import org.muster.kernel.Version;
import org.muster.monitor.Calls;
import org.muster.storage.Batch;
import org.muster.storage.JsonDocument;
import org.muster.storage.People;
import org.muster.storage.StorageKey;
import org.muster.storage.StorageProvider;
import org.muster.storage.cached.CachedStorage;
import org.muster.storage.cached.TestCache;
import org.muster.storage.jpa.JpaStorage;
import org.muster.storage.jpa.TestDatabase;

/**
 * Measures how fast writes are acknowledged that go to PostgreSQL with their events: when it has
 * them, and when the log has. To be run by hand; MUSTER_TEST_POSTGRES should name an empty database
 * of a server that syncs. The arguments: seconds of each run, the folder of the log.
 */
final class WriteRates {
  private static final int KEYS = 500;
  private static final int HEAP_BYTES = 128 << 20;

  private final PrintStream out = new PrintStream(System.out, true, StandardCharsets.UTF_8);
  private final TestDatabase database =
      TestDatabase.postgres().orElseThrow(() -> new IllegalStateException("No PostgreSQL"));
  private final JpaStorage store =
      database.journaled(Clock.systemUTC(), database.events(Sealing.NONE));
  private final Duration time;
  private final Path folder;

  private WriteRates(Duration time, Path folder) {
    this.time = time;
    this.folder = folder;
  }

  public static void main(String[] arguments) throws Exception {
    int seconds = arguments.length == 0 ? 10 : Integer.parseInt(arguments[0]);
    Path folder = arguments.length < 2 ? Path.of("target") : Path.of(arguments[1]);
    WriteRates rates = new WriteRates(Duration.ofSeconds(seconds), folder);
    rates.out.printf("fsync of PostgreSQL: %s%n", rates.syncs());
    rates.out.println("mode, writers, acknowledged/s, p50, p99, longest ms; left, drained in ms");
    for (int round = 0; round < 2; round++) { // the first one warms up
      for (int writers : new int[] {1, 4, 16}) {
        rates.run("invalidate", writers, -1, false);
        rates.run("behind", writers, 0, false);
        rates.run("behind", writers, 50, false);
        rates.run("invalidate, one document each", writers, -1, true);
        rates.run("behind, one document each", writers, 50, true);
      }
    }
    System.exit(0);
  }

  private String syncs() {
    return database.count("select count(*) from pg_settings where name='fsync' and setting='on'")
            == 1
        ? "on"
        : "off";
  }

  private void run(String mode, int writers, int delayMillis, boolean few) throws Exception {
    StorageProvider cached =
        new CachedStorage(
            store, TestCache.heap(HEAP_BYTES), CachedStorage.Mode.WRITE_THROUGH, database, () -> 0);
    if (delayMillis < 0) {
      report(mode, writers, cached, few);
      out.println();
      return;
    }
    Behind behind = behind(cached, delayMillis);
    behind.start(Units::thread);
    report(
        mode + " " + delayMillis + " ms",
        writers,
        new BehindStorage(cached, database, behind),
        few);
    long left = behind.figures().entries();
    long begin = System.nanoTime();
    behind.stop();
    out.printf(
        Locale.ROOT,
        "; %d, %d (%d of %d coalesced, %d syncs of %.2f ms)%n",
        left,
        (System.nanoTime() - begin) / 1_000_000,
        behind.figures().coalesced(),
        behind.figures().written(),
        behind.figures().syncs(),
        behind.figures().syncTime().toNanos() / 1e6 / Math.max(1, behind.figures().syncs()));
  }

  private Behind behind(StorageProvider cached, int delayMillis) throws IOException {
    return new Behind(
        Files.createTempDirectory(folder, "behind"),
        new BehindSettings(
            Set.of("Device"),
            Duration.ofMillis(delayMillis),
            10_000,
            64 << 20,
            Duration.ofSeconds(30)),
        new Behind.Surroundings(
            cached,
            Units.of(database),
            store::reserve,
            database.events(Sealing.NONE),
            (tenant, at) -> true,
            Calls.UNWATCHED,
            Clock.systemUTC()));
  }

  private void report(String mode, int writers, StorageProvider storage, boolean few)
      throws InterruptedException {
    TenantId tenant = new TenantId("r" + UUID.randomUUID().toString().replace("-", ""));
    LongStream.Builder all = LongStream.builder();
    CountDownLatch done = new CountDownLatch(writers);
    long end = System.nanoTime() + time.toNanos();
    for (int i = 0; i < writers; i++) {
      int writer = i;
      Units.thread(
          () -> {
            long[] nanos = write(storage, tenant, writer, few ? 1 : KEYS, end);
            synchronized (all) {
              Arrays.stream(nanos).forEach(all);
            }
            done.countDown();
          });
    }
    done.await();
    long[] sorted = all.build().sorted().toArray();
    out.printf(
        Locale.ROOT,
        "%s, %d, %.0f, %.2f, %.2f, %.1f",
        mode,
        writers,
        sorted.length / (double) time.toSeconds(),
        sorted[sorted.length / 2] / 1e6,
        sorted[sorted.length * 99 / 100] / 1e6,
        sorted[sorted.length - 1] / 1e6);
  }

  private long[] write(
      StorageProvider storage, TenantId tenant, int writer, int keys, long endNanos) {
    Version[] known = new Version[keys];
    LongStream.Builder nanos = LongStream.builder();
    for (int n = 0; System.nanoTime() < endNanos; n++) {
      int which = n % keys;
      StorageKey key = new StorageKey(tenant, "Device", writer + "-" + which);
      Precondition expected =
          known[which] == null ? new Precondition.Absent() : new Precondition.At(known[which]);
      Batch batch = Batch.put(People.put(key, document(n)), expected);
      long begin = System.nanoTime();
      known[which] =
          database.inTransaction(() -> storage.apply(batch)).moment().orElseThrow().version();
      nanos.add(System.nanoTime() - begin);
    }
    return nanos.build().toArray();
  }

  /** About a kilobyte. */
  private static JsonDocument document(int number) {
    return JsonDocument.ofText(
        "{\"serial\":" + number + ",\"notes\":\"" + "0123456789".repeat(100) + "\"}");
  }
}
