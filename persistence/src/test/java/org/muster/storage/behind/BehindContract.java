package org.muster.storage.behind;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.Objects;
import java.util.Set;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.muster.event.Sealing;
import org.muster.event.memory.MemoryEventStore;
import org.muster.event.projection.Unit;
import org.muster.monitor.Calls;
import org.muster.sql.Transactions;
import org.muster.storage.Moments;
import org.muster.storage.StorageProvider;
import org.muster.storage.StorageProviderContract;
import org.muster.storage.cached.CachedStorage;
import org.muster.storage.cached.TestCache;
import org.muster.storage.jpa.JpaStorage;
import org.muster.storage.jpa.TestDatabase;

/** The contract, kept by a store that is behind, with a cache between it and the writes. */
abstract class BehindContract extends StorageProviderContract {
  private static @Nullable Behind behind;
  private static @Nullable StorageProvider made;
  private static @Nullable Path folder;

  @BeforeAll
  static void makeFolder() throws IOException {
    folder = Files.createTempDirectory("behind");
  }

  /** The store, made once for all tests of a class. */
  static synchronized StorageProvider made(Supplier<StorageProvider> making) {
    StorageProvider known = made;
    if (known == null) {
      known = making.get();
      made = known;
    }
    return known;
  }

  static StorageProvider over(StorageProvider store, Moments moments) {
    return over(store, moments, Unit.NONE, Transactions.NONE);
  }

  static StorageProvider over(TestDatabase database) {
    JpaStorage store = database.storage(Clock.systemUTC());
    return database.transactional(over(store, store::reserve, Units.of(database), database));
  }

  private static StorageProvider over(
      StorageProvider store, Moments moments, Unit unit, Transactions transactions) {
    StorageProvider cached =
        new CachedStorage(
            store, TestCache.heap(), CachedStorage.Mode.WRITE_THROUGH, transactions, () -> 0);
    Behind opened =
        new Behind(
            Objects.requireNonNull(folder),
            new BehindSettings(
                Set.of("User", "Group"),
                Duration.ofMillis(5),
                1_000,
                1 << 24,
                Duration.ofSeconds(30)),
            new Behind.Surroundings(
                cached,
                unit,
                moments,
                new MemoryEventStore(Runnable::run, Sealing.NONE),
                (tenant, time) -> true,
                Calls.UNWATCHED,
                Clock.systemUTC()));
    opened.start(Units::thread);
    behind = opened;
    return new BehindStorage(cached, transactions, opened);
  }

  @AfterAll
  static void stop() {
    Behind opened = behind;
    if (opened != null) {
      opened.stop();
      assertThat(opened.figures().entries()).isZero();
      assertThat(opened.figures().letters()).isZero();
      assertThat(opened.figures().written()).isPositive();
    }
    behind = null;
    made = null;
  }
}
