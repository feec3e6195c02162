package org.muster.delivery;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.muster.event.EventType;
import org.muster.kernel.Precondition;
import org.muster.kernel.TenantId;
import org.muster.receiver.Kind;
import org.muster.receiver.Leased;
import org.muster.receiver.Receiver;
import org.muster.storage.StorageException;

@Timeout(60)
class DeliveriesTest {
  private final World world = new World();
  private final List<Deliveries> nodes = new ArrayList<>();

  private Deliveries node() {
    world.clock.now = Instant.now();
    Deliveries made =
        new Deliveries(
            world.events,
            world.log,
            change -> world.writes.write(change),
            new Transports(List.of(world.transport)),
            world.settings,
            Meter.NONE,
            task -> {
              Thread thread = new Thread(task);
              thread.setDaemon(true);
              return thread;
            });
    nodes.add(made);
    made.start();
    return made;
  }

  @AfterEach
  void stop() {
    nodes.forEach(Deliveries::stop);
  }

  @Test
  void whatIsThereAndWhatComesIsDelivered() {
    Receiver receiver = world.receiver("r");
    world.tell("a");
    node();
    await(() -> world.transport.delivered(receiver).size() == 1);
    for (int i = 0; i < 500; i++) {
      world.tell("u" + i % 20);
    }
    await(() -> world.transport.delivered(receiver).size() == 501);
    assertThat(world.transport.delivered(receiver)).doesNotHaveDuplicates();
  }

  @Test
  void newsAreDeliveredAtOnce() throws InterruptedException {
    Receiver receiver = world.receiver("r");
    node();
    world.tell("a");
    await(() -> world.transport.delivered(receiver).size() == 1);
    TimeUnit.MILLISECONDS.sleep(600);
    long begin = System.nanoTime();
    world.tell("b");
    await(() -> world.transport.delivered(receiver).size() == 2);
    assertThat(Duration.ofNanos(System.nanoTime() - begin)).isLessThan(Duration.ofSeconds(1));
  }

  @Test
  void oneNodeAtATimeServesAReceiverAndAnotherTakesOver() {
    List<Receiver> receivers = new ArrayList<>();
    for (int i = 0; i < 10; i++) {
      receivers.add(world.receiver("r" + i));
    }
    Deliveries first = node();
    world.tell("a");
    receivers.forEach(each -> await(() -> world.transport.delivered(each).size() == 1));
    Deliveries second = node();
    world.tell("b");
    receivers.forEach(each -> await(() -> world.transport.delivered(each).size() == 2));
    first.stop();
    world.tell("c");
    receivers.forEach(each -> await(() -> world.transport.delivered(each).size() == 3));
    receivers.forEach(
        each -> assertThat(world.transport.delivered(each)).containsExactly("a-1", "b-1", "c-1"));
    second.stop();
    assertThat(world.log.leased(100)).extracting(Leased::until).containsOnly(Instant.EPOCH);
  }

  @Test
  void leaseOfANodeThatDiedIsTakenWhenItIsOver() {
    Receiver receiver = world.receiver("r");
    world.log.claim("dead", Instant.now(), Instant.now().plusSeconds(2), 10);
    node();
    world.tell("a");
    await(() -> world.transport.delivered(receiver).size() == 1);
    assertThat(world.log.leased(10).get(0).holder()).isNotEqualTo("dead");
  }

  @Test
  void receiverThatIsSlowHoldsUpNobody() {
    TenantId slowTenant = new TenantId("slow");
    Receiver slow = world.receiver(slowTenant, "slow", Set.of(), Set.of());
    Receiver quick = world.receiver("quick");
    world.transport.answers =
        event ->
            event.stream().tenant().equals(slowTenant)
                ? new CompletableFuture<Outcome>()
                    .completeOnTimeout(new Outcome.Delivered(), 400, TimeUnit.MILLISECONDS)
                : CompletableFuture.completedFuture(new Outcome.Delivered());
    node();
    for (int i = 0; i < 100; i++) {
      world.tell(slowTenant, "User", "s", EventType.PATCHED);
      world.tell("q");
    }
    await(() -> world.transport.delivered(quick).size() == 100);
    assertThat(world.transport.delivered(slow).size()).isLessThan(20);
  }

  @Test
  void pausedReceiverGetsNothingUntilItIsEnabled() throws InterruptedException {
    Receiver receiver = world.receiver("r");
    Deliveries node = node();
    world.tell("a");
    await(() -> world.transport.delivered(receiver).size() == 1);
    Receiver paused =
        world.receivers.replace(receiver.in(Receiver.State.PAUSED), new Precondition.Any());
    world.tell("b");
    TimeUnit.MILLISECONDS.sleep(500);
    assertThat(world.transport.delivered(receiver)).hasSize(1);
    world.receivers.replace(paused.in(Receiver.State.ENABLED), new Precondition.Any());
    node.wake(receiver.id());
    await(() -> world.transport.delivered(receiver).size() == 2);
  }

  @Test
  void lagIsTheAgeOfWhatIsNotDelivered() {
    world.receiver("r");
    world.transport.answer(event -> true, new Outcome.Failed("down", Optional.empty()));
    Deliveries node = node();
    world.clock.now = Instant.now().minusSeconds(100);
    world.tell("a");
    await(() -> node.lag(Kind.WEBHOOK).compareTo(Duration.ofSeconds(99)) > 0);
    assertThat(node.lag(Kind.SET_PUSH)).isZero();
    world.transport.answer(event -> false, new Outcome.Failed("down", Optional.empty()));
    await(() -> node.lag(Kind.WEBHOOK).isZero());
  }

  @Test
  void storeThatFailsForAWhileIsTriedAgain() {
    Receiver receiver = world.receiver("r");
    node();
    world.tell("a");
    await(() -> world.transport.delivered(receiver).size() == 1);
    world.writes =
        change -> {
          throw new IllegalStateException("the database is away");
        };
    world.tell("b");
    await(() -> world.transport.delivered(receiver).size() > 1);
    world.writes = Runnable::run;
    await(() -> world.progress(receiver).delivered() == 2);
  }

  @Test
  void nodeThatCannotKeepWhatCameOfATurnRests() throws InterruptedException {
    Receiver receiver = world.receiver("r");
    world.tell("a");
    world.writes =
        change -> {
          if (!world.log.leased(1).get(0).holder().isEmpty()) {
            throw new StorageException.Conflict(receiver.id().key(), "elsewhere");
          }
          change.run();
        };
    node();
    await(() -> world.transport.tried(receiver).size() == 1);
    TimeUnit.MILLISECONDS.sleep(1_500);
    assertThat(world.transport.tried(receiver).size()).isLessThan(4);
  }

  private static void await(BooleanSupplier condition) {
    long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(20);
    while (!condition.getAsBoolean()) {
      assertThat(System.nanoTime()).as("in time").isLessThan(end);
      try {
        TimeUnit.MILLISECONDS.sleep(5);
      } catch (InterruptedException e) {
        throw new IllegalStateException(e);
      }
    }
  }
}
