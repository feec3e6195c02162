package org.muster.event;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.muster.kernel.Origin;
import org.muster.kernel.Precondition;
import org.muster.kernel.TenantId;
import org.muster.kernel.Version;
import org.muster.storage.JsonDocument;
import org.muster.storage.StorageException;
import org.muster.storage.StorageKey;

/** What every store of checkpoints must do; each change may run in a transaction of its own. */
@Timeout(60)
public abstract class CheckpointsContract {
  private static final Precondition ANY = new Precondition.Any();
  private static final Precondition ABSENT = new Precondition.Absent();
  private static final Precondition PRESENT = new Precondition.Present();
  private static final Instant TIME = Instant.ofEpochMilli(1_700_000_000_123L);

  private TenantId tenant = TenantId.DEFAULT;

  /** The checkpoints under test. */
  protected abstract Checkpoints checkpoints();

  /** The events that they are of. */
  protected abstract EventStore events();

  @BeforeEach
  void openTenant() {
    tenant = new TenantId("c" + UUID.randomUUID().toString().replace("-", ""));
  }

  @Test
  void checkpointIsReadAsItWasSaved() {
    Position position = new Position(Long.MAX_VALUE);
    Checkpoint saved = checkpoints().save(of("a"), position, TIME.plusNanos(5), ABSENT);
    assertThat(saved.position()).isEqualTo(position);
    assertThat(saved.time()).isEqualTo(TIME);
    assertThat(checkpoints().find(of("a"))).contains(saved);
    assertThat(checkpoints().find(of("A"))).isEmpty();
    assertThat(checkpoints().find(new ConsumerId(new TenantId(tenant.value() + "x"), "a")))
        .isEmpty();
  }

  @Test
  void checkpointHasToBeAsExpected() {
    Checkpoint first = checkpoints().save(of("a"), at(5), TIME, ABSENT);
    Checkpoint second = checkpoints().save(of("a"), at(7), TIME, is(first));
    assertThat(second.version()).isNotEqualTo(first.version());
    assertConflict(() -> checkpoints().save(of("a"), at(6), TIME, is(first)));
    assertConflict(() -> checkpoints().save(of("a"), at(6), TIME, ABSENT));
    assertThat(checkpoints().find(of("a"))).contains(second);
    Checkpoint back = checkpoints().save(of("a"), at(1), TIME, PRESENT);
    assertThat(checkpoints().save(of("a"), at(2), TIME, ANY).version())
        .isNotEqualTo(back.version());
    assertConflict(() -> checkpoints().save(of("b"), at(1), TIME, PRESENT));
    assertConflict(() -> checkpoints().save(of("b"), at(1), TIME, is(first)));
    assertThat(checkpoints().find(of("b"))).isEmpty();
    checkpoints().save(of("b"), at(1), TIME, ANY);
    assertThat(checkpoints().find(of("b"))).isPresent();
  }

  @Test
  void removedCheckpointLeavesNoVersionBehind() {
    Checkpoint saved = checkpoints().save(of("a"), at(5), TIME, ABSENT);
    assertConflict(() -> checkpoints().remove(of("a"), ABSENT));
    assertConflict(
        () ->
            checkpoints()
                .remove(of("a"), new Precondition.At(new Version(saved.version().value() + 1))));
    assertThat(checkpoints().remove(of("a"), is(saved))).isTrue();
    assertThat(checkpoints().find(of("a"))).isEmpty();
    assertThat(checkpoints().remove(of("a"), ANY)).isFalse();
    assertConflict(() -> checkpoints().remove(of("a"), PRESENT));
    Checkpoint anew = checkpoints().save(of("a"), at(5), TIME, ABSENT);
    assertThat(anew.version()).isNotEqualTo(saved.version());
    assertConflict(() -> checkpoints().save(of("a"), at(6), TIME, is(saved)));
  }

  @Test
  void ofTwoWhoMoveACheckpointAtOnceOneHearsOfIt() throws InterruptedException {
    int workers = 8;
    int rounds = 10;
    AtomicInteger moved = new AtomicInteger();
    AtomicInteger refused = new AtomicInteger();
    for (int round = 0; round < rounds; round++) {
      Checkpoint seen = checkpoints().save(of("a"), at(round), TIME, ANY);
      CountDownLatch done = new CountDownLatch(workers);
      for (int worker = 0; worker < workers; worker++) {
        new Thread(
                () -> {
                  try {
                    checkpoints().save(of("a"), at(99), TIME, is(seen));
                    moved.incrementAndGet();
                  } catch (StorageException.Conflict e) {
                    refused.incrementAndGet();
                  }
                  done.countDown();
                })
            .start();
      }
      assertThat(done.await(30, TimeUnit.SECONDS)).isTrue();
    }
    assertThat(moved).hasValue(rounds);
    assertThat(refused).hasValue(rounds * (workers - 1));
  }

  @Test
  void checkpointsOfATenantArePagedByName() {
    for (String name : List.of("b", ".part", "a-1", "B", "9", "a.1")) {
      checkpoints().save(of(name), at(1), TIME, ABSENT);
    }
    TenantId other = new TenantId(tenant.value() + "x");
    checkpoints().save(new ConsumerId(other, "c"), at(1), TIME, ABSENT);
    assertThat(names("", 3)).containsExactly(".part", "9", "B");
    assertThat(names("B", 10)).containsExactly("a-1", "a.1", "b");
    assertThat(names(ConsumerId.BEFORE_CLIENTS, 2)).containsExactly("9", "B");
  }

  @Test
  void oldestUnreadEventIsOfTheConsumerThatIsFurthestBehind() {
    // other tests leave nothing that is as old
    Position first = append(Instant.ofEpochMilli(1_000));
    append(Instant.ofEpochMilli(2_000));
    checkpoints().save(of("fast"), new Position(Long.MAX_VALUE), TIME, ABSENT);
    checkpoints().save(of("slow"), first, TIME, ABSENT);
    assertThat(checkpoints().oldestUnread(false)).contains(Instant.ofEpochMilli(2_000));
    checkpoints().save(of(".part"), Position.START, TIME, ABSENT);
    assertThat(checkpoints().oldestUnread(true)).contains(Instant.ofEpochMilli(1_000));
    assertThat(checkpoints().oldestUnread(false)).contains(Instant.ofEpochMilli(2_000));
    checkpoints().remove(of("slow"), PRESENT);
    checkpoints().remove(of(".part"), PRESENT);
    assertThat(checkpoints().oldestUnread(false)).isEmpty();
    assertThat(checkpoints().oldestUnread(true)).isEmpty();
  }

  @Test
  void checkpointsOfATenantAreErasedInSteps() {
    TenantId other = new TenantId(tenant.value() + "x");
    checkpoints().save(new ConsumerId(other, "a"), at(1), TIME, ABSENT);
    for (int i = 0; i < 5; i++) {
      checkpoints().save(of("a" + i), at(1), TIME, ABSENT);
    }
    long erased = 0;
    for (long step = 1; step > 0; erased += step) {
      step = checkpoints().erase(tenant, 2);
    }
    assertThat(erased).isEqualTo(5);
    assertThat(names("", 10)).isEmpty();
    assertThat(checkpoints().find(new ConsumerId(other, "a"))).isPresent();
  }

  @Test
  void nameOfAConsumerIsChecked() {
    for (String name : List.of("", "..a", "a b", "a/b", "ä", "-a", "a".repeat(65), "a\u0000")) {
      assertThatThrownBy(() -> of(name)).isInstanceOf(IllegalArgumentException.class);
      assertThat(ConsumerId.isClientName(name)).isFalse();
    }
    assertThat(ConsumerId.isClientName(".a")).isFalse();
    assertThat(of(".a").isInternal()).isTrue();
    assertThat(ConsumerId.isClientName("A-z_0.9")).isTrue();
  }

  private Position append(Instant time) {
    Recorded recorded =
        new Recorded(
            UUID.randomUUID(),
            EventType.CREATED,
            1,
            Optional.of(new Version(1)),
            time,
            Origin.of("tester"),
            Optional.of(JsonDocument.ofText("{}")));
    StorageKey stream = new StorageKey(tenant, "User", UUID.randomUUID().toString());
    List<Event> appended =
        events().append(List.of(new Append(stream, new Expected.Any(), List.of(recorded))));
    EventFilter filter = new EventFilter(Optional.of(tenant), Set.of(), Set.of());
    EventStoreContract.waitUntil(
        () -> events().after(Position.START, filter, 10).events().containsAll(appended));
    return appended.get(0).position();
  }

  private List<String> names(String after, int limit) {
    return checkpoints().page(tenant, after, limit).stream()
        .map(each -> each.consumer().name())
        .toList();
  }

  private ConsumerId of(String name) {
    return new ConsumerId(tenant, name);
  }

  private static Position at(long sequence) {
    return new Position(Long.MAX_VALUE - 1_000_000 + sequence);
  }

  private static Precondition is(Checkpoint checkpoint) {
    return new Precondition.At(checkpoint.version());
  }

  private static void assertConflict(Runnable action) {
    assertThatThrownBy(action::run).isInstanceOf(StorageException.Conflict.class);
  }
}
