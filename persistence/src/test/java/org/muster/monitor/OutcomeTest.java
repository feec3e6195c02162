package org.muster.monitor;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.muster.kernel.TenantId;
import org.muster.storage.StorageException;
import org.muster.storage.StorageKey;

class OutcomeTest {
  private static final StorageKey KEY = new StorageKey(TenantId.DEFAULT, "User", "1");

  @Test
  void everyKindOfStorageExceptionHasAnOutcomeOfItsOwn() {
    Map<RuntimeException, Outcome> outcomes =
        Map.of(
            new StorageException.Conflict(KEY, "late"), Outcome.CONFLICT,
            new StorageException.NotUnique("userName"), Outcome.NOT_UNIQUE,
            new StorageException.Unavailable("down", null), Outcome.UNAVAILABLE,
            new StorageException.TooLarge("large"), Outcome.TOO_LARGE,
            new StorageException.Unsupported("no"), Outcome.UNSUPPORTED,
            new StorageException.Erased(KEY), Outcome.ERASED,
            new StorageException.Corrupt("bad"), Outcome.CORRUPT,
            new IllegalStateException("bug"), Outcome.ERROR);
    outcomes.forEach((thrown, outcome) -> assertThat(Outcome.of(thrown)).isEqualTo(outcome));
    assertThat(outcomes).hasSize(StorageException.class.getPermittedSubclasses().length + 1);
  }

  @Test
  void onlyWhatTheServerCouldNotDoIsAFailure() {
    assertThat(Arrays.stream(Outcome.values()).filter(Outcome::isFailure))
        .containsExactly(Outcome.UNAVAILABLE, Outcome.CORRUPT, Outcome.ERROR);
  }
}
