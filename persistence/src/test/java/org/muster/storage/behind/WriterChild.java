package org.muster.storage.behind;

import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.Random;
import java.util.Set;
import org.muster.event.Sealing;
import org.muster.kernel.Precondition;
import org.muster.kernel.TenantId;
import org.muster.kernel.Version;
import org.muster.monitor.Calls;
import org.muster.sql.Transactions;
import org.muster.storage.Batch;
import org.muster.storage.People;
import org.muster.storage.StorageKey;
import org.muster.storage.StorageProvider;
import org.muster.storage.cached.CachedStorage;
import org.muster.storage.cached.TestCache;
import org.muster.storage.jpa.JpaStorage;
import org.muster.storage.jpa.TestDatabase;

/**
 * A process that writes until it is killed, and tells each write that was acknowledged: the id of
 * the document, what number it has been given, its version.
 */
final class WriterChild {
  private static final int WRITERS = 4;
  private static final int KEYS = 5;

  private WriterChild() {}

  /** A node over a database, which has not begun to write what is pending. */
  static Behind behind(TestDatabase database, Path folder, Duration delay) {
    JpaStorage store = store(database);
    return new Behind(
        folder,
        new BehindSettings(Set.of("Device"), delay, 1_000, 1 << 24, Duration.ofSeconds(30)),
        new Behind.Surroundings(
            cached(store, database),
            Units.of(database),
            store::reserve,
            database.events(Sealing.NONE),
            (tenant, time) -> true,
            Calls.UNWATCHED,
            Clock.systemUTC()));
  }

  static JpaStorage store(TestDatabase database) {
    return database.journaled(Clock.systemUTC(), database.events(Sealing.NONE));
  }

  private static StorageProvider cached(JpaStorage store, Transactions transactions) {
    return new CachedStorage(
        store, TestCache.heap(), CachedStorage.Mode.WRITE_THROUGH, transactions, () -> 0);
  }

  /**
   * Writes.
   *
   * @param args the folder of the log, the tenant, a seed
   */
  public static void main(String[] args) throws Exception {
    TestDatabase database = TestDatabase.postgres().orElseThrow();
    Random random = new Random(Long.parseLong(args[2]));
    Behind behind = behind(database, Path.of(args[0]), Duration.ofMillis(random.nextInt(4) * 40L));
    StorageProvider storage =
        new BehindStorage(cached(store(database), database), database, behind);
    behind.start(Units::thread);
    System.out.println("ready");
    for (int i = 0; i < WRITERS; i++) {
      int writer = i;
      Units.thread(() -> write(database, storage, new TenantId(args[1]), writer));
    }
    Thread.sleep(60_000);
  }

  private static void write(
      TestDatabase database, StorageProvider storage, TenantId tenant, int writer) {
    Version[] known = new Version[KEYS];
    for (int n = 0; n < 1_000_000; n++) {
      int which = n % KEYS;
      StorageKey key = new StorageKey(tenant, "Device", "w" + writer + "-" + which);
      Precondition expected =
          known[which] == null ? new Precondition.Absent() : new Precondition.At(known[which]);
      Batch batch = Batch.put(People.put(key, "{'age':" + n + "}"), expected);
      Version version =
          database.inTransaction(() -> storage.apply(batch)).moment().orElseThrow().version();
      known[which] = version;
      System.out.println(key.id() + " " + n + " " + version);
    }
  }
}
