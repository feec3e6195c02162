package org.muster.event.projection;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.muster.event.Append;
import org.muster.event.Event;
import org.muster.event.EventFilter;
import org.muster.event.EventType;
import org.muster.event.Expected;
import org.muster.event.Projection;
import org.muster.event.Recorded;
import org.muster.event.Sealing;
import org.muster.event.memory.MemoryEventStore;
import org.muster.kernel.Origin;
import org.muster.kernel.TenantId;
import org.muster.kernel.Version;
import org.muster.storage.JsonDocument;
import org.muster.storage.StorageException;
import org.muster.storage.StorageKey;

/** Projections that are run, stopped, made anew, and that fail. */
@Timeout(60)
class ProjectionsTest {
  private final MemoryEventStore events = new MemoryEventStore(Runnable::run, Sealing.NONE);
  private final Numbers numbers = new Numbers();
  private final MemoryProgress progress = new MemoryProgress();
  private final Projections projections =
      new Projections(
          events,
          List.of(
              new Projections.Registered(
                  numbers,
                  progress,
                  Unit.NONE,
                  Duration.ofMillis(100),
                  Duration.ZERO,
                  Optional.empty())),
          Clock.systemUTC());
  private long version;

  /** Collects the numbers of events. */
  private static final class Numbers implements Projection {
    private final List<Long> seen = Collections.synchronizedList(new ArrayList<>());
    private volatile boolean fails;

    @Override
    public String name() {
      return "numbers";
    }

    @Override
    public EventFilter filter() {
      return EventFilter.ALL;
    }

    @Override
    public void apply(List<Event> page) {
      if (fails) {
        throw new StorageException.Unavailable("No ink", null);
      }
      page.forEach(event -> seen.add(event.number()));
    }

    @Override
    public long clear(int most) {
      int size = seen.size();
      seen.clear();
      return size;
    }
  }

  @AfterEach
  void close() {
    projections.close();
  }

  private void start() {
    projections.start(
        runnable -> {
          Thread thread = new Thread(runnable, "projection");
          thread.setDaemon(true);
          thread.start();
        });
  }

  private void append(int count) {
    for (int i = 0; i < count; i++) {
      Recorded recorded =
          Recorded.of(
              EventType.REPLACED,
              new Version(++version),
              Clock.systemUTC().instant(),
              Origin.SYSTEM,
              JsonDocument.ofText("{}"));
      events.append(
          List.of(
              new Append(
                  new StorageKey(TenantId.DEFAULT, "User", "ann"),
                  new Expected.Any(),
                  List.of(recorded))));
    }
    projections.wake();
  }

  private static void until(Callable<Boolean> condition) throws Exception {
    for (int i = 0; i < 3_000 && !condition.call(); i++) {
      TimeUnit.MILLISECONDS.sleep(10);
    }
    assertThat(condition.call()).isTrue();
  }

  private ProjectionStatus status() {
    return projections.find("numbers").orElseThrow();
  }

  @Test
  void projectionGetsAllEventsInOrder() throws Exception {
    append(5_000);
    start();
    until(() -> numbers.seen.size() == 5_000);
    append(10);
    until(() -> numbers.seen.size() == 5_010);
    assertThat(numbers.seen).isSorted().doesNotHaveDuplicates();
    until(() -> status().behind() == 0);
    assertThat(status().state()).isEqualTo("running");
    assertThat(status().progress().done()).isEqualTo(5_010);
  }

  @Test
  void pausedProjectionStaysWhereItIsAndSaysHowFarBehindItIs() throws Exception {
    start();
    append(3);
    until(() -> numbers.seen.size() == 3);
    assertThat(projections.pause("numbers")).isEqualTo(Projections.Outcome.DONE);
    assertThat(projections.pause("numbers")).isEqualTo(Projections.Outcome.DONE);
    append(4);
    TimeUnit.MILLISECONDS.sleep(600);
    assertThat(numbers.seen).hasSize(3);
    assertThat(status().state()).isEqualTo("paused");
    assertThat(status().behind()).isEqualTo(4);
    assertThat(status().lag()).isPositive();
    assertThat(projections.resume("numbers")).isEqualTo(Projections.Outcome.DONE);
    until(() -> numbers.seen.size() == 7);
    assertThat(numbers.seen).doesNotHaveDuplicates();
  }

  @Test
  void rebuiltProjectionHasSeenAllEventsOnce() throws Exception {
    append(100);
    start();
    until(() -> numbers.seen.size() == 100);
    assertThat(projections.rebuild("numbers")).isEqualTo(Projections.Outcome.DONE);
    append(50);
    until(() -> status().progress().phase() == Phase.RUNNING && numbers.seen.size() == 150);
    assertThat(numbers.seen).isSorted().doesNotHaveDuplicates();
    assertThat(status().progress().done()).isEqualTo(150);
  }

  @Test
  void failingProjectionSaysSoAndSkipsNothing() throws Exception {
    numbers.fails = true;
    append(20);
    start();
    until(() -> status().state().equals("failed"));
    assertThat(status().progress().error()).contains("No ink");
    assertThat(projections.failures("numbers")).isPositive();
    assertThat(status().behind()).isEqualTo(20);
    numbers.fails = false;
    until(() -> status().state().equals("running") && numbers.seen.size() == 20);
    assertThat(numbers.seen).isSorted().doesNotHaveDuplicates();
  }

  @Test
  void whatIsBeingMadeAnewCanNeitherBePausedNorBegunOnceMore() {
    assertThat(projections.rebuild("numbers")).isEqualTo(Projections.Outcome.DONE);
    assertThat(projections.rebuild("numbers")).isEqualTo(Projections.Outcome.BUSY);
    assertThat(projections.pause("numbers")).isEqualTo(Projections.Outcome.BUSY);
    assertThat(projections.resume("numbers")).isEqualTo(Projections.Outcome.BUSY);
  }

  @Test
  void unknownProjectionIsUnknown() {
    assertThat(projections.rebuild("no-such")).isEqualTo(Projections.Outcome.UNKNOWN);
    assertThat(projections.pause("no-such")).isEqualTo(Projections.Outcome.UNKNOWN);
    assertThat(projections.find("no-such")).isEmpty();
    assertThat(projections.verify("numbers")).isEmpty();
  }

  @Test
  void namesAreUnique() {
    Projections.Registered registered =
        new Projections.Registered(
            numbers, progress, Unit.NONE, Duration.ofMillis(100), Duration.ZERO, Optional.empty());
    assertThatThrownBy(
            () -> new Projections(events, List.of(registered, registered), Clock.systemUTC()))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("numbers");
  }
}
