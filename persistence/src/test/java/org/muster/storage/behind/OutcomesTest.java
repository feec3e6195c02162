package org.muster.storage.behind;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Clock;
import java.util.List;
import java.util.OptionalInt;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.muster.event.Sealing;
import org.muster.kernel.Precondition;
import org.muster.kernel.TenantId;
import org.muster.storage.Applied;
import org.muster.storage.Batch;
import org.muster.storage.People;
import org.muster.storage.StorageKey;
import org.muster.storage.jpa.JpaStorage;
import org.muster.storage.jpa.TestDatabase;

/** What came of writes, asked of a database. */
class OutcomesTest {
  private final TestDatabase database = TestDatabase.h2();
  private final JpaStorage store =
      database.journaled(Clock.systemUTC(), database.events(Sealing.NONE));
  private final Outcomes outcomes = new Outcomes(store, database.events(Sealing.NONE));
  private final StorageKey key =
      new StorageKey(
          new TenantId("t" + UUID.randomUUID().toString().replace("-", "")), "Device", "a");

  @Test
  void versionIsFoundBehindManyOthers() {
    Logged first = logged(put("first"));
    Logged never = logged(store.reserve());
    for (int i = 0; i < 120; i++) {
      put("n" + i);
    }
    Logged last = logged(put("last"));
    assertThat(outcomes.inEvents(List.of(first, never))).hasValue(1);
    assertThat(outcomes.inEvents(List.of(never))).hasValue(0);
    assertThat(outcomes.inEvents(List.of(first, never, last))).hasValue(3);
    assertThat(outcomes.inDocument(List.of(first, last))).isEqualTo(2);
    assertThat(outcomes.inDocument(List.of(first, never))).isZero();
  }

  @Test
  void whereNothingIsToldNobodyKnows() {
    Logged logged = logged(store.reserve());
    assertThat(outcomes.inEvents(List.of(logged))).isEqualTo(OptionalInt.empty());
    assertThat(outcomes.inDocument(List.of(logged))).isZero();
    assertThat(outcomes.isDeletedSince(logged.write(), false)).isFalse();
  }

  private Applied.Moment put(String name) {
    Batch batch = Batch.put(People.put(key, Installation.json(name)), new Precondition.Any());
    return database.inTransaction(() -> store.apply(batch)).moment().orElseThrow();
  }

  private Logged logged(Applied.Moment moment) {
    PendingWrite write = Installation.creation(key, moment.version(), moment.time());
    return new Logged(write, 1, 1, 1, 1, true);
  }
}
