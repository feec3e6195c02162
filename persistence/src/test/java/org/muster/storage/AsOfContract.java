package org.muster.storage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.muster.kernel.Precondition;
import org.muster.kernel.Version;

/** Batches that are applied as they were made elsewhere: with a version and a time of their own. */
abstract class AsOfContract extends StorageContract {
  private static final Instant THEN = Instant.parse("2001-02-03T04:05:06.789Z");
  private static final AtomicLong AHEAD = new AtomicLong();

  @Test
  void newDocumentHasTheGivenVersionAndTime() {
    Applied.Moment moment = moment(THEN);
    Applied applied = asOf(moment, People.put(user("ann"), "{'userName':'ann'}"));
    Stored stored = read(user("ann"));
    assertThat(stored.version()).isEqualTo(moment.version());
    assertThat(stored.created()).isEqualTo(THEN);
    assertThat(stored.modified()).isEqualTo(THEN);
    assertThat(applied.moment()).contains(moment);
    assertThat(applied.of(user("ann"))).contains(new Applied.Stamp(moment.version(), THEN, THEN));
  }

  @Test
  void existingDocumentKeepsTheTimeItWasCreated() {
    Applied.Moment first = moment(THEN);
    Applied.Moment second = moment(THEN.plusSeconds(60));
    asOf(first, People.put(user("ann"), "{'userName':'ann'}"));
    asOf(second, People.put(user("ann"), "{'userName':'anna'}"));
    Stored stored = read(user("ann"));
    assertThat(stored.version()).isEqualTo(second.version());
    assertThat(stored.created()).isEqualTo(THEN);
    assertThat(stored.modified()).isEqualTo(second.time());
  }

  @Test
  void tombstoneAndRestoredDocumentHaveTheGivenOnes() {
    Applied.Moment made = moment(THEN);
    Applied.Moment deleted = moment(THEN.plusSeconds(1));
    Applied.Moment restored = moment(THEN.plusSeconds(2));
    Change.Put put = People.put(user("ann"), "{'userName':'ann'}");
    asOf(made, put);
    asOf(deleted, new Change.Delete(user("ann"), "eve"));
    Buried buried = storage.buried(user("ann")).orElseThrow();
    assertThat(buried.tombstone())
        .isEqualTo(new Tombstone(user("ann"), deleted.version(), deleted.time(), "eve", "ann"));
    asOf(restored, new Change.Restore(user("ann"), deleted.version(), put.keys(), put.label()));
    Stored stored = read(user("ann"));
    assertThat(stored.version()).isEqualTo(restored.version());
    assertThat(stored.created()).isEqualTo(THEN);
    assertThat(stored.modified()).isEqualTo(restored.time());
  }

  @Test
  void linksRaiseTheirSourceToTheGivenVersion() {
    putAll(user("ann"), group("g"));
    Applied.Moment linked = moment(THEN);
    asOf(linked, new Change.AddLinks(group("g"), MEMBERS, List.of(user("ann"))));
    assertThat(read(group("g")).version()).isEqualTo(linked.version());
    assertThat(read(group("g")).modified()).isEqualTo(THEN);
    Applied.Moment deleted = moment(THEN.plusSeconds(1));
    asOf(deleted, new Change.Delete(user("ann"), "eve"));
    assertThat(read(group("g")).version()).isEqualTo(deleted.version());
  }

  @Test
  void laterVersionsAreHigherThanTheGivenOne() {
    Applied.Moment moment = moment(THEN);
    asOf(moment, People.put(user("ann"), "{'userName':'ann'}"));
    long before = moment.version().value();
    for (int i = 0; i < 3; i++) {
      long next = put(user("bob"), "{'userName':'bob" + i + "'}").version().value();
      assertThat(next).isGreaterThan(before);
      before = next;
    }
  }

  @Test
  void givenVersionOfThePastMakesNoVersionLower() {
    Version now = put(user("ann"), "{'userName':'ann'}").version();
    asOf(new Applied.Moment(new Version(1), THEN), People.put(user("bob"), "{'userName':'bob'}"));
    assertThat(read(user("bob")).version()).isEqualTo(new Version(1));
    assertThat(put(user("eve"), "{'userName':'eve'}").version().value()).isGreaterThan(now.value());
  }

  @Test
  void preconditionsHoldAsEver() {
    Applied.Moment moment = moment(THEN);
    asOf(moment, People.put(user("ann"), "{'userName':'ann'}"));
    Batch stale =
        Batch.put(
                People.put(user("ann"), "{}"),
                new Precondition.At(new Version(1 + moment.version().value())))
            .asOf(moment(THEN));
    assertThatThrownBy(() -> storage.apply(stale)).isInstanceOf(StorageException.Conflict.class);
    assertThat(read(user("ann")).version()).isEqualTo(moment.version());
  }

  @Test
  void timeIsKeptInMilliseconds() {
    Applied.Moment moment = new Applied.Moment(moment(THEN).version(), THEN.plusNanos(999_999));
    assertThat(asOf(moment, People.put(user("ann"), "{}")).moment().orElseThrow().time())
        .isEqualTo(THEN);
    assertThat(storage.get(user("ann"), List.of()).map(Stored::created))
        .isEqualTo(Optional.of(THEN));
  }

  private Applied asOf(Applied.Moment moment, Change change) {
    return storage.apply(Batch.builder(tenant).add(change).asOf(moment).build());
  }

  /** A version that the store has not given, some of them far ahead of its own. */
  private Applied.Moment moment(Instant time) {
    StorageKey probe = user("probe");
    long now =
        storage
            .apply(Batch.put(People.put(probe, "{}"), ANY))
            .moment()
            .orElseThrow()
            .version()
            .value();
    storage.apply(Batch.delete(probe, "tester", ANY));
    return new Applied.Moment(new Version(now + 5_000 + AHEAD.addAndGet(700)), time);
  }
}
