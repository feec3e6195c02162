package org.muster.delivery.jms;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.muster.event.Position;
import org.muster.event.projection.MemoryProgress;
import org.muster.event.projection.Phase;
import org.muster.event.projection.Progress;
import org.muster.event.projection.ProgressContract;
import org.muster.event.projection.ProjectionProgress;
import org.muster.event.projection.Unit;
import org.muster.storage.StorageException;

/** Two nodes, of which one at a time has the progress. */
class LeasedProgressTest extends ProgressContract {
  private static final Duration LEASE = Duration.ofSeconds(30);
  private static final Position SEVEN = new Position(7);

  private final MemoryProgress rows = new MemoryProgress();
  private final SetClock clock = new SetClock();
  private final LeasedProgress one = new LeasedProgress(rows, Unit.NONE, LEASE, clock);
  private final LeasedProgress other = new LeasedProgress(rows, Unit.NONE, LEASE, clock);

  private static final class SetClock extends Clock {
    private Instant now = NOW;

    void pass(Duration time) {
      now = now.plus(time);
    }

    @Override
    public Instant instant() {
      return now;
    }

    @Override
    public ZoneId getZone() {
      return ZoneOffset.UTC;
    }

    @Override
    public Clock withZone(ZoneId zone) {
      return this;
    }
  }

  @Override
  protected ProjectionProgress progress() {
    return one;
  }

  @Override
  protected Unit transactions() {
    return Unit.NONE;
  }

  private Optional<Progress> step(LeasedProgress node) {
    return node.take(name, false, clock.now);
  }

  @Test
  void whatIsNewBeginsWhereItIsToldAndNoFurtherTime() {
    one.begin(name, SEVEN);
    other.begin(name, new Position(9));
    assertThat(one.find(name).orElseThrow().position()).isEqualTo(SEVEN);
    assertThat(step(one).orElseThrow().position()).isEqualTo(SEVEN);
  }

  @Test
  void anotherNodeGoesOnOnlyWhenTheLeaseIsOver() {
    one.begin(name, SEVEN);
    Progress mine = step(one).orElseThrow();
    assertThat(step(other)).isEmpty();
    one.save(mine.at(new Position(8), 1, clock.now));
    clock.pass(LEASE.minusMillis(1));
    assertThat(step(other)).isEmpty();
    assertThat(step(one)).as("that is its own").isPresent();
    clock.pass(LEASE);
    Progress taken = step(other).orElseThrow();
    assertThat(taken.position()).isEqualTo(new Position(8));
    assertThat(step(one)).as("now it is the other's").isEmpty();
  }

  @Test
  void longStepKeepsOthersAwayAndIsSavedUnderWhatItWasTakenAs() {
    one.begin(name, SEVEN);
    Progress mine = step(one).orElseThrow();
    for (int i = 0; i < 10; i++) {
      clock.pass(LEASE.dividedBy(2));
      assertThat(one.isMine()).isTrue();
      assertThat(step(other)).isEmpty();
    }
    assertThat(one.save(mine.at(new Position(8), 1, clock.now)).position())
        .isEqualTo(new Position(8));
  }

  @Test
  void whoWasSilentForTooLongHasLostItAndSavesNothing() {
    one.begin(name, SEVEN);
    Progress mine = step(one).orElseThrow();
    clock.pass(LEASE);
    Progress theirs = step(other).orElseThrow();
    assertThat(one.isMine()).isFalse();
    assertThatThrownBy(() -> one.save(mine.at(new Position(8), 1, clock.now)))
        .isInstanceOf(StorageException.Conflict.class);
    assertThat(other.isMine()).isTrue();
    assertThat(other.save(theirs.at(new Position(9), 2, clock.now)).position())
        .isEqualTo(new Position(9));
  }

  @Test
  void administratorOfAnyNodeInterruptsAStep() {
    one.begin(name, SEVEN);
    Progress mine = step(one).orElseThrow();
    Progress seen = other.take(name, true, clock.now).orElseThrow();
    other.save(seen.in(Phase.PAUSED, SEVEN, clock.now));
    assertThatThrownBy(() -> one.save(mine.at(new Position(8), 1, clock.now)))
        .isInstanceOf(StorageException.Conflict.class);
    assertThat(one.find(name).orElseThrow().phase()).isEqualTo(Phase.PAUSED);
  }

  @Test
  void takingItKeepsWhyItFailedLast() {
    one.begin(name, SEVEN);
    Progress mine = step(one).orElseThrow();
    one.save(mine.failed("down", clock.now));
    assertThat(step(one).orElseThrow().error()).contains("down");
  }
}
