package org.muster.storage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.muster.kernel.Precondition;
import org.muster.kernel.TenantId;
import org.muster.storage.FaultyStorage.Faults;
import org.muster.storage.memory.MemoryStorage;

class FaultyStorageTest {
  private final StorageProvider memory = new MemoryStorage(Clock.systemUTC());

  @Test
  void withoutFaultsEveryCallGoesThrough() {
    FaultyStorage storage = new FaultyStorage(memory, 1, Faults.NONE);
    for (int i = 0; i < 100; i++) {
      put(storage, i);
    }
    assertThat(stored()).hasSize(100);
    assertThat(storage.calls()).isEqualTo(100);
  }

  @Test
  void callThatFailsBeforeHasDoneNothing() {
    FaultyStorage storage = new FaultyStorage(memory, 1, Faults.NONE.before(100));
    assertUnavailable(() -> put(storage, 1));
    assertUnavailable(() -> storage.get(key(1), List.of()));
    assertThat(stored()).isEmpty();
  }

  @Test
  void callThatFailsAfterHasDoneItsWork() {
    FaultyStorage storage = new FaultyStorage(memory, 1, Faults.NONE.after(100));
    assertUnavailable(() -> put(storage, 1));
    assertThat(stored()).containsExactly(1);
  }

  @Test
  void sameSeedFailsAlikeAndAnotherOneDoesNot() {
    Faults faults = Faults.NONE.before(20).after(20);
    List<String> first = outcomes(42, faults);
    assertThat(first).contains("done", "Failed before the call", "Failed after the call");
    assertThat(outcomes(42, faults)).isEqualTo(first);
    assertThat(outcomes(43, faults)).isNotEqualTo(first);
  }

  @Test
  void crashLastsAndLosesAtMostThatCall() {
    for (long seed = 0; seed < 20; seed++) {
      StorageProvider inner = new MemoryStorage(Clock.systemUTC());
      FaultyStorage storage = new FaultyStorage(inner, seed, Faults.NONE.crashAt(4));
      for (int i = 1; i <= 3; i++) {
        put(storage, i);
      }
      assertThat(storage.health().up()).isTrue();
      for (int i = 4; i <= 6; i++) {
        int n = i;
        assertUnavailable(() -> put(storage, n));
      }
      assertThat(storage.health().up()).isFalse();
      assertThat(inner.get(key(3), List.of())).isPresent();
      assertThat(inner.get(key(5), List.of())).isEmpty();
    }
  }

  @Test
  void lateCallsComeThrough() {
    FaultyStorage storage =
        new FaultyStorage(memory, 1, Faults.NONE.late(100, Duration.ofMillis(2)));
    for (int i = 0; i < 20; i++) {
      put(storage, i);
    }
    assertThat(stored()).hasSize(20);
  }

  private List<String> outcomes(long seed, Faults faults) {
    FaultyStorage storage = new FaultyStorage(new MemoryStorage(Clock.systemUTC()), seed, faults);
    List<String> outcomes = new ArrayList<>();
    for (int i = 0; i < 200; i++) {
      try {
        put(storage, i);
        outcomes.add("done");
      } catch (StorageException.Unavailable e) {
        outcomes.add(String.valueOf(e.getMessage()));
      }
    }
    return outcomes;
  }

  private List<Integer> stored() {
    List<Integer> numbers = new ArrayList<>();
    for (int i = 0; i < 100; i++) {
      if (memory.get(key(i), List.of()).isPresent()) {
        numbers.add(i);
      }
    }
    return numbers;
  }

  private static void put(StorageProvider storage, int number) {
    storage.apply(Batch.put(People.put(key(number), "{}"), new Precondition.Absent()));
  }

  private static StorageKey key(int number) {
    return new StorageKey(TenantId.DEFAULT, "User", Integer.toString(number));
  }

  private static void assertUnavailable(
      org.assertj.core.api.ThrowableAssert.ThrowingCallable call) {
    assertThatThrownBy(call).isInstanceOf(StorageException.Unavailable.class);
  }
}
