package org.muster.storage.metrics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.TreeMap;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Test;
import org.muster.kernel.Precondition;
import org.muster.kernel.TenantId;
import org.muster.storage.Batch;
import org.muster.storage.Change;
import org.muster.storage.JsonDocument;
import org.muster.storage.StorageException;
import org.muster.storage.StorageKey;
import org.muster.storage.StorageProvider;
import org.muster.storage.StorageProviderContract;
import org.muster.storage.memory.MemoryStorage;

/** The contract, kept by {@link MeteredStorage}, and what it notes. */
class MeteredStorageTest extends StorageProviderContract {
  private static final StorageKey KEY = new StorageKey(TenantId.DEFAULT, "User", "1");

  private final List<String> calls = new CopyOnWriteArrayList<>();
  private final List<Duration> times = new CopyOnWriteArrayList<>();
  private final StorageProvider storage =
      new MeteredStorage(
          new MemoryStorage(Clock.systemUTC()),
          (operation, outcome, taken) -> {
            calls.add(operation + " " + outcome);
            times.add(taken);
          });

  @Override
  protected StorageProvider storage() {
    return storage;
  }

  @Test
  void eachCallIsNotedWithItsOutcome() {
    storage.apply(Batch.put(put(), new Precondition.Absent()));
    storage.get(KEY, List.of());
    assertThat(catchThrowable(() -> storage.apply(Batch.put(put(), new Precondition.Absent()))))
        .isInstanceOf(StorageException.Conflict.class);
    assertThat(calls).containsExactly("apply ok", "get ok", "apply conflict");
    assertThat(times).allMatch(time -> !time.isNegative() && time.toSeconds() < 60);
  }

  private static Change.Put put() {
    return new Change.Put(KEY, JsonDocument.ofText("{\"a\":1}"), new TreeMap<>(), "");
  }
}
