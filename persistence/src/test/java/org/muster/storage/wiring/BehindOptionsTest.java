package org.muster.storage.wiring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.muster.config.Settings;
import org.muster.event.Sealing;
import org.muster.event.memory.MemoryEventStore;
import org.muster.event.projection.Unit;
import org.muster.kernel.Precondition;
import org.muster.kernel.TenantId;
import org.muster.monitor.Calls;
import org.muster.sql.Transactions;
import org.muster.storage.Batch;
import org.muster.storage.People;
import org.muster.storage.StorageKey;
import org.muster.storage.StorageProvider;
import org.muster.storage.behind.Behind;
import org.muster.storage.behind.BehindSettings;
import org.muster.storage.behind.BehindStorage;
import org.muster.storage.memory.MemoryStorage;

class BehindOptionsTest {
  private static final String PREFIX = "muster.cache.documents.behind.";
  private final Map<String, String> configured = new HashMap<>();

  @Test
  void collectionsAreEnough() {
    configured.put("muster.data", "/data");
    configured.put(PREFIX + "collections", "Device");
    BehindOptions options = BehindOptions.of(settings());
    assertThat(options.settings())
        .isEqualTo(
            new BehindSettings(
                Set.of("Device"), Duration.ofMillis(50), 10_000, 64 << 20, Duration.ofSeconds(5)));
    assertThat(options.folder()).isEqualTo(Path.of("/data/write-behind"));
  }

  @Test
  void everythingCanBeConfigured() {
    configured.put(PREFIX + "collections", " Device , Presence");
    configured.put(PREFIX + "delay-millis", "0");
    configured.put(PREFIX + "max-entries", "7");
    configured.put(PREFIX + "max-bytes", "65536");
    configured.put(PREFIX + "wait-millis", "1");
    configured.put(PREFIX + "folder", "/log");
    BehindOptions options = BehindOptions.of(settings());
    assertThat(options.settings())
        .isEqualTo(
            new BehindSettings(
                Set.of("Device", "Presence"), Duration.ZERO, 7, 65_536, Duration.ofMillis(1)));
    assertThat(options.folder()).isEqualTo(Path.of("/log"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"User", "Group", "Device,User", "$secret", "Device,$async"})
  void whatMustBeToldAtOnceIsRefused(String collections) {
    configured.put(PREFIX + "collections", collections);
    assertThatThrownBy(() -> BehindOptions.of(settings()))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageStartingWith(PREFIX + "collections=" + collections + " is not allowed")
        .hasMessageContaining("when it is acknowledged");
  }

  @ParameterizedTest
  @ValueSource(strings = {"Device,,Presence", "Device,", ","})
  void emptyNameIsRefused(String collections) {
    configured.put(PREFIX + "collections", collections);
    assertThatThrownBy(() -> BehindOptions.of(settings()))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("names of resource types");
  }

  @Test
  void noCollectionsAreRefused() {
    assertThatThrownBy(() -> BehindOptions.of(settings()))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("muster.cache.documents.mode=write-behind takes")
        .hasMessageContaining(PREFIX + "collections");
  }

  @Test
  void collectionsWithoutTheModeAreRefused() {
    configured.put(PREFIX + "collections", "Device");
    assertThatThrownBy(() -> DocumentCache.none(settings()))
        .isInstanceOf(IllegalStateException.class)
        .hasMessage(PREFIX + "collections takes muster.cache.documents.mode=write-behind");
  }

  @Test
  void storeThatEndsWithTheProcessIsRefused() {
    configured.put(PREFIX + "collections", "Device");
    configured.put("muster.cache.documents.mode", "write-behind");
    assertThatThrownBy(() -> DocumentCache.none(settings()))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("muster.storage.backend=memory");
  }

  @Test
  void pendingWritesKeepTheModeFromBeingSwitchedOff(@TempDir Path folder) {
    configured.put(PREFIX + "folder", folder.toString());
    MemoryStorage store = new MemoryStorage(Clock.systemUTC());
    Behind behind = behind(folder, store);
    put(new BehindStorage(store, Transactions.NONE, behind));
    behind.stop();
    assertThatThrownBy(() -> DocumentCache.none(settings()))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageStartingWith(folder + " has writes that were acknowledged")
        .hasMessageContaining("muster.cache.documents.mode=write-behind");
  }

  @Test
  void deadLettersKeepTheModeFromBeingSwitchedOff(@TempDir Path folder) {
    configured.put(PREFIX + "folder", folder.toString());
    MemoryStorage store = new MemoryStorage(Clock.systemUTC());
    Behind behind = behind(folder, store);
    put(new BehindStorage(store, Transactions.NONE, behind));
    put(store);
    behind.start(work -> new Thread(work).start());
    behind.stop();
    assertThatThrownBy(() -> DocumentCache.none(settings()))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageStartingWith(folder + " has dead letters")
        .hasMessageContaining("not take: 1;")
        .hasMessageContaining("muster.cache.documents.mode=write-behind")
        .hasMessageContaining("/admin/v1/write-behind/dead-letters");
    Behind again = behind(folder, store);
    again.discard(again.letters(0, 1).get(0).id());
    again.stop();
    assertThat(DocumentCache.none(settings()).behind()).isEmpty();
  }

  private Behind behind(Path folder, MemoryStorage store) {
    configured.put(PREFIX + "collections", "Device");
    BehindSettings settings = BehindOptions.of(settings()).settings();
    configured.remove(PREFIX + "collections");
    return new Behind(
        folder,
        settings,
        new Behind.Surroundings(
            store,
            Unit.NONE,
            store::reserve,
            new MemoryEventStore(Runnable::run, Sealing.NONE),
            (tenant, time) -> true,
            Calls.UNWATCHED,
            Clock.systemUTC()));
  }

  private static void put(StorageProvider storage) {
    StorageKey key = new StorageKey(new TenantId("acme"), "Device", "a");
    storage.apply(Batch.put(People.put(key, "{'userName':'one'}"), new Precondition.Any()));
  }

  private Settings settings() {
    return new Settings(key -> Optional.ofNullable(configured.get(key)));
  }
}
