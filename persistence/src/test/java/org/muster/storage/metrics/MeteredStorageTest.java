package org.muster.storage.metrics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import java.time.Clock;
import java.util.List;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.muster.kernel.Precondition;
import org.muster.kernel.TenantId;
import org.muster.monitor.Calls;
import org.muster.monitor.Outcome;
import org.muster.storage.Batch;
import org.muster.storage.Change;
import org.muster.storage.ForwardingStorage;
import org.muster.storage.Health;
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
  private final StorageProvider storage =
      new MeteredStorage(new MemoryStorage(Clock.systemUTC()), new Noting(calls));

  @Override
  protected StorageProvider storage() {
    return storage;
  }

  @Test
  void eachCallIsNotedWithItsTenantAndOutcome() {
    storage.apply(Batch.put(put(), new Precondition.Absent()));
    storage.get(KEY, List.of());
    storage.existing(Set.of());
    storage.health();
    assertThat(catchThrowable(() -> storage.apply(Batch.put(put(), new Precondition.Absent()))))
        .isInstanceOf(StorageException.Conflict.class);
    assertThat(calls)
        .containsExactly(
            "apply default OK",
            "get default OK",
            "existing nobody OK",
            "health nobody OK",
            "apply default CONFLICT");
  }

  @Test
  void aBackEndThatSaysItIsDownIsAFailure() {
    StorageProvider down =
        new ForwardingStorage(new MemoryStorage(Clock.systemUTC())) {
          @Override
          public Health health() {
            return new Health(false, "no answer");
          }
        };
    assertThat(new MeteredStorage(down, new Noting(calls)).health().up()).isFalse();
    assertThat(calls).containsExactly("health nobody UNAVAILABLE");
  }

  private record Noting(List<String> calls) implements Calls {
    @Override
    public <T> T call(
        String operation,
        @Nullable TenantId tenant,
        Function<? super T, Outcome> judgement,
        Supplier<T> call) {
      String who = operation + " " + (tenant == null ? "nobody" : tenant.value()) + " ";
      try {
        T answer = call.get();
        calls.add(who + judgement.apply(answer));
        return answer;
      } catch (RuntimeException e) {
        calls.add(who + Outcome.of(e));
        throw e;
      }
    }
  }

  private static Change.Put put() {
    return new Change.Put(KEY, JsonDocument.ofText("{\"a\":1}"), new TreeMap<>(), "");
  }
}
