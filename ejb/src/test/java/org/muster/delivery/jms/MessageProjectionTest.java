package org.muster.delivery.jms;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.muster.config.Settings;
import org.muster.event.Append;
import org.muster.event.Event;
import org.muster.event.EventType;
import org.muster.event.Expected;
import org.muster.event.Position;
import org.muster.event.Recorded;
import org.muster.event.Sealing;
import org.muster.event.memory.MemoryEventStore;
import org.muster.event.projection.MemoryProgress;
import org.muster.event.projection.Projections;
import org.muster.event.projection.Unit;
import org.muster.feed.EventJson;
import org.muster.kernel.Origin;
import org.muster.kernel.TenantId;
import org.muster.kernel.Version;
import org.muster.scim.schema.BuiltInResourceTypes;
import org.muster.storage.JsonDocument;
import org.muster.storage.StorageException;
import org.muster.storage.StorageKey;

/** Events that are sent to a broker that fails now and then. */
@Timeout(60)
class MessageProjectionTest {
  private static final EventJson JSON = new EventJson(new BuiltInResourceTypes());

  private final MemoryEventStore events = new MemoryEventStore(Runnable::run, Sealing.NONE);
  private final MemoryProgress rows = new MemoryProgress();
  private final LeasedProgress progress =
      new LeasedProgress(rows, Unit.NONE, Duration.ofSeconds(30), Clock.systemUTC());
  private final Broker broker = new Broker();
  private final Projections projections =
      new Projections(
          events,
          List.of(
              new Projections.Registered(
                  new MessageProjection(() -> broker, progress::isMine),
                  progress,
                  Unit.NONE,
                  Duration.ofMillis(250),
                  Duration.ZERO,
                  Optional.empty())),
          Clock.systemUTC());
  private long version;

  /** Keeps what is sent; now and then it has taken a message and fails all the same. */
  private static final class Broker implements Outlet {
    private final List<Event> taken = Collections.synchronizedList(new ArrayList<>());
    private final Random random = new Random(1);
    private volatile int failsOneIn;
    private volatile boolean isDown;

    @Override
    public void send(Event event) {
      if (isDown) {
        throw new StorageException.Unavailable("The broker is down", null);
      }
      taken.add(event);
      if (failsOneIn > 0 && random.nextInt(failsOneIn) == 0) {
        throw new StorageException.Unavailable("The broker has fallen down", null);
      }
    }

    @Override
    public void close() {
      // nothing is kept open
    }
  }

  @AfterEach
  void close() {
    projections.close();
  }

  private void start() {
    progress.begin(MessageProjection.NAME, Position.START); // unless it has begun
    projections.start(
        runnable -> {
          Thread thread = new Thread(runnable, "messages");
          thread.setDaemon(true);
          thread.start();
        });
  }

  private void tell(String id, EventType type) {
    Recorded recorded =
        Recorded.of(
            type,
            new Version(++version),
            Instant.now(),
            Origin.SYSTEM,
            JsonDocument.ofText("{\"document\":{}}"));
    StorageKey key = new StorageKey(TenantId.DEFAULT, "User", id);
    events.append(List.of(new Append(key, new Expected.Any(), List.of(recorded))));
    projections.wake();
  }

  private static void until(Callable<Boolean> condition) throws Exception {
    for (int i = 0; i < 3_000 && !condition.call(); i++) {
      TimeUnit.MILLISECONDS.sleep(10);
    }
    assertThat(condition.call()).isTrue();
  }

  private List<Long> positions() {
    return broker.taken.stream().map(event -> event.position().sequence()).toList();
  }

  @Test
  void eventsFromThenOnAreSentInTheirOrder() throws Exception {
    tell("before", EventType.CREATED);
    progress.begin(MessageProjection.NAME, events.end());
    for (int i = 0; i < 100; i++) {
      tell("u" + i % 7, EventType.PATCHED);
    }
    start();
    until(() -> broker.taken.size() == 100);
    assertThat(positions()).isSorted().doesNotHaveDuplicates();
    assertThat(broker.taken).noneMatch(event -> event.stream().id().equals("before"));
  }

  @Test
  void whatNobodyCouldHaveNoticedIsNotSent() throws Exception {
    tell("ann", EventType.CREATED);
    tell("ann", EventType.REINDEXED);
    tell("ann", EventType.PATCHED);
    start();
    until(() -> broker.taken.size() == 2);
    assertThat(broker.taken)
        .extracting(Event::type)
        .containsExactly(EventType.CREATED, EventType.PATCHED);
  }

  @Test
  void brokerThatFailsGetsEverythingAndFirstOfAllInOrder() throws Exception {
    broker.failsOneIn = 40;
    for (int i = 0; i < 60; i++) {
      tell("u" + i % 7, EventType.PATCHED);
    }
    start();
    until(() -> new LinkedHashSet<>(positions()).size() == 60);
    Map<StorageKey, Long> last = new HashMap<>();
    for (Event event : new LinkedHashSet<>(broker.taken)) {
      assertThat(event.number()).isEqualTo(last.getOrDefault(event.stream(), 0L) + 1);
      last.put(event.stream(), event.number());
    }
  }

  @Test
  void brokerThatIsDownIsSaidAndNothingIsSkipped() throws Exception {
    broker.isDown = true;
    tell("ann", EventType.CREATED);
    start();
    until(() -> projections.find(MessageProjection.NAME).orElseThrow().state().equals("failed"));
    assertThat(rows.find(MessageProjection.NAME).orElseThrow().position())
        .isEqualTo(Position.START);
    assertThat(rows.find(MessageProjection.NAME).orElseThrow().error())
        .contains("The broker is down");
    broker.isDown = false;
    until(() -> broker.taken.size() == 1);
  }

  @Test
  void makingItAnewSendsAllOfThePast() throws Exception {
    tell("ann", EventType.CREATED);
    tell("ann", EventType.DELETED);
    progress.begin(MessageProjection.NAME, events.end());
    start();
    assertThat(projections.rebuild(MessageProjection.NAME)).isEqualTo(Projections.Outcome.DONE);
    until(() -> broker.taken.size() == 2);
  }

  @Test
  void badNameOfATopicStopsTheStart() {
    for (String name : List.of("a b", "1st", "events*", "x>", "x".repeat(101))) {
      Settings settings =
          new Settings(
              key -> key.equals("muster.messaging.topic") ? Optional.of(name) : Optional.empty());
      assertThatThrownBy(
              () -> new Messaging(settings, events, JSON, rows, Unit.NONE, Duration.ofSeconds(30)))
          .isInstanceOf(IllegalStateException.class)
          .hasMessageContaining("muster.messaging.topic=" + name);
    }
    assertThat(
            new Messaging(
                    new Settings(key -> Optional.empty()),
                    events,
                    JSON,
                    rows,
                    Unit.NONE,
                    Duration.ofSeconds(30))
                .projection(Duration.ZERO))
        .isEmpty();
  }
}
