package org.muster.delivery;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.muster.event.Event;
import org.muster.event.EventType;
import org.muster.event.Position;
import org.muster.kernel.TenantId;
import org.muster.receiver.Note;
import org.muster.receiver.Receiver;
import org.muster.storage.StorageException;
import org.muster.storage.StorageKey;

class TurnTest {
  private static final Outcome DOWN = new Outcome.Failed("down", Optional.empty());

  private final World world = new World();
  private final ProgrammedTransport transport = world.transport;
  private final Receiver receiver = world.receiver("r");
  private final Turn turn = world.turn(receiver);

  @Test
  void everyEventIsDeliveredOnceAndInOrder() throws InterruptedException {
    for (int i = 0; i < 150; i++) {
      world.tell("u" + i % 7);
    }
    world.tell(new TenantId("other"), "User", "u1", EventType.CREATED);
    runs(4);
    assertThat(transport.delivered(receiver)).hasSize(150).doesNotHaveDuplicates();
    assertInOrder(transport.delivered(receiver));
    assertThat(world.progress(receiver).delivered()).isEqualTo(150);
  }

  @Test
  void eventThatFailsIsHeldWithThoseBehindItWhileOthersGoOn() throws InterruptedException {
    transport.answer(event -> event.stream().id().equals("bad"), DOWN);
    tell("bad", "good", "bad", "good");
    runs(1);
    assertThat(transport.delivered(receiver)).containsExactly("good-1", "good-2");
    assertThat(transport.tried(receiver)).containsOnlyOnce("bad-1").doesNotContain("bad-2");
    assertThat(world.log.counts(receiver.id()).held()).isEqualTo(2);

    tell("bad", "good");
    runs(2);
    assertThat(transport.delivered(receiver)).containsExactly("good-1", "good-2", "good-3");
    assertThat(world.log.counts(receiver.id()).held()).isEqualTo(3);

    transport.answer(event -> false, DOWN);
    world.clock.pass(Duration.ofSeconds(10));
    runs(2);
    assertThat(transport.delivered(receiver))
        .containsExactly("good-1", "good-2", "good-3", "bad-1", "bad-2", "bad-3");
    assertThat(world.log.counts(receiver.id()).held()).isZero();
  }

  @Test
  void receiverThatNothingGetsThroughToStaysWhereItIs() throws InterruptedException {
    transport.answer(event -> true, DOWN);
    for (int i = 0; i < 50; i++) {
      world.tell("u" + i);
    }
    Turn.Next next = turn.run(() -> true);
    assertThat(transport.tried(receiver)).hasSize(4);
    assertThat(world.progress(receiver).position()).isEqualTo(Position.START);
    assertThat(world.progress(receiver).attempts()).isEqualTo(1);
    assertThat(world.progress(receiver).failure().orElseThrow().why()).isEqualTo("down");
    assertThat(world.log.counts(receiver.id()).held()).isZero();
    assertThat(next.again()).contains(world.progress(receiver).next().orElseThrow());
    assertThat(next.behind()).contains(World.BEGIN);

    runs(1);
    assertThat(transport.tried(receiver)).as("not before it is time").hasSize(4);
    world.clock.pass(Duration.ofSeconds(2));
    runs(1);
    assertThat(world.progress(receiver).attempts()).isEqualTo(2);
    assertThat(new LinkedHashSet<>(transport.tried(receiver))).as("others are tried").hasSize(8);

    transport.answer(event -> false, DOWN);
    world.clock.pass(Duration.ofMinutes(1));
    runs(2);
    assertThat(transport.delivered(receiver)).hasSize(50).doesNotHaveDuplicates();
    assertThat(world.progress(receiver).attempts()).isZero();
  }

  @Test
  void heldEventBecomesADeadLetterAndWhatWasBehindItGoesOn() throws InterruptedException {
    transport.answer(event -> ProgrammedTransport.name(event).equals("bad-1"), DOWN);
    tell("bad", "good", "bad");
    runs(1);
    for (int i = 0; i < 30; i++) {
      world.clock.pass(Duration.ofHours(1));
      runs(2);
    }
    assertThat(transport.delivered(receiver)).containsExactly("good-1", "bad-2");
    List<Note> dead = world.dead(receiver);
    assertThat(dead).extracting(Note::number).containsExactly(1L);
    assertThat(dead.get(0).error()).isEqualTo("down");

    transport.answer(event -> false, DOWN);
    world.log.replay(receiver.id(), dead.get(0).no(), world.clock.now);
    runs(1);
    assertThat(transport.delivered(receiver)).containsExactly("good-1", "bad-2", "bad-1");
    assertThat(world.dead(receiver)).isEmpty();
  }

  @Test
  void turnOfAReceiverThatTakesItsTimeEndsSoonAndTheRestFollowsInOrder()
      throws InterruptedException {
    transport.answers =
        event -> {
          world.clock.pass(Duration.ofSeconds(3));
          return CompletableFuture.completedFuture(new Outcome.Delivered());
        };
    for (int i = 0; i < 40; i++) {
      tell("slow", "other");
    }
    Instant begin = world.clock.now;
    turn.run(() -> true);
    assertThat(Duration.between(begin, world.clock.now)).isLessThan(Duration.ofSeconds(15));
    assertThat(transport.delivered(receiver)).isNotEmpty().hasSizeLessThan(8);
    for (int i = 0; i < 200 && transport.delivered(receiver).size() < 80; i++) {
      world.clock.pass(Duration.ofSeconds(2));
      begin = world.clock.now;
      turn.run(() -> true);
      assertThat(Duration.between(begin, world.clock.now)).isLessThan(Duration.ofSeconds(15));
    }
    assertThat(transport.delivered(receiver)).hasSize(80).doesNotHaveDuplicates();
    assertInOrder(transport.delivered(receiver));
    assertThat(world.progress(receiver).attempts()).isZero();
  }

  @Test
  void eventThatIsRefusedForGoodIsADeadLetterAtOnce() throws InterruptedException {
    transport.answer(
        event -> ProgrammedTransport.name(event).equals("bad-1"), new Outcome.Rejected(true, "no"));
    tell("bad", "bad");
    runs(2);
    assertThat(transport.delivered(receiver)).containsExactly("bad-2");
    assertThat(world.dead(receiver)).extracting(Note::error).containsExactly("no");
  }

  @Test
  void eventThatIsRefusedIsTriedSomeTimesAloneOrBesideOthers() throws InterruptedException {
    transport.answer(
        event -> event.stream().id().equals("bad"), new Outcome.Rejected(false, "wrong"));
    tell("bad");
    for (int i = 0; i < 6; i++) {
      runs(2);
      world.clock.pass(Duration.ofMinutes(1));
    }
    assertThat(transport.tried(receiver))
        .containsExactly("bad-1", "bad-1", "bad-1", "bad-1", "bad-1");
    assertThat(world.dead(receiver)).hasSize(1);
    tell("bad", "good");
    for (int i = 0; i < 8; i++) {
      runs(2);
      world.clock.pass(Duration.ofMinutes(1));
    }
    assertThat(transport.delivered(receiver)).containsExactly("good-1");
    assertThat(transport.tried(receiver)).filteredOn("bad-2"::equals).hasSize(5);
    assertThat(world.dead(receiver)).hasSize(2);
  }

  @Test
  void deadLetterThatComesAgainAndFailsHoldsNoneForEver() throws InterruptedException {
    transport.answer(
        event -> ProgrammedTransport.name(event).equals("bad-1"), new Outcome.Rejected(true, "no"));
    tell("bad", "bad", "bad", "good");
    runs(2);
    assertThat(world.dead(receiver)).hasSize(1);

    world.log.reset(receiver.id(), Position.START);
    transport.answer(event -> ProgrammedTransport.name(event).equals("bad-1"), DOWN);
    runs(1);
    assertThat(world.dead(receiver)).isEmpty();
    assertThat(world.log.counts(receiver.id()).held()).isEqualTo(3);
    transport.answer(event -> false, DOWN);
    world.clock.pass(Duration.ofSeconds(10));
    runs(2);
    assertThat(transport.delivered(receiver)).endsWith("bad-1", "bad-2", "bad-3");
    assertThat(world.log.counts(receiver.id()).held()).isZero();
  }

  @Test
  void deadLettersOfAResourceThatAreReplayedAreTriedOneByOne() throws InterruptedException {
    transport.answer(event -> event.stream().id().equals("bad"), new Outcome.Rejected(true, "no"));
    tell("bad", "bad", "bad", "good");
    runs(4);
    assertThat(world.dead(receiver)).hasSize(3);
    transport.answer(event -> event.stream().id().equals("bad"), DOWN);
    world.log.replayAll(receiver.id(), world.clock.now);
    int before = transport.tried(receiver).size();
    runs(5);
    assertThat(transport.tried(receiver)).hasSize(before + 1);
    assertThat(world.log.counts(receiver.id()).next().orElseThrow()).isAfter(world.clock.now);
  }

  @Test
  void outageCountsForNoEvent() throws InterruptedException {
    transport.answer(event -> true, DOWN);
    tell("bad", "wrong", "good");
    for (int i = 0; i < 60; i++) {
      runs(1);
      world.clock.pass(Duration.ofMinutes(1));
    }
    transport.answers =
        event -> CompletableFuture.completedFuture(afterTheOutage(event.stream().id()));
    runs(1);
    assertThat(transport.delivered(receiver)).containsExactly("good-1");
    assertThat(world.dead(receiver)).isEmpty();
    assertThat(world.log.counts(receiver.id()).held()).isEqualTo(2);
  }

  private static Outcome afterTheOutage(String id) {
    if (id.equals("wrong")) {
      return new Outcome.Rejected(false, "wrong");
    }
    return id.equals("bad") ? DOWN : new Outcome.Delivered();
  }

  @Test
  void eventThatIsRefusedAfterAnOutageIsTriedSomeTimes() throws InterruptedException {
    transport.answer(event -> true, DOWN);
    tell("bad");
    for (int i = 0; i < 10; i++) {
      runs(1);
      world.clock.pass(Duration.ofMinutes(1));
    }
    transport.answer(event -> true, new Outcome.Rejected(false, "wrong"));
    for (int i = 0; i < 4; i++) {
      runs(1);
      world.clock.pass(Duration.ofMinutes(1));
    }
    assertThat(world.dead(receiver)).isEmpty();
    runs(1);
    assertThat(world.dead(receiver)).hasSize(1);
  }

  @Test
  void eventThatWaitsHasItsWholeTimeWhenItsTurnComes() throws InterruptedException {
    transport.answer(event -> event.stream().id().equals("bad"), DOWN);
    tell("bad", "bad", "good");
    for (int i = 0; world.dead(receiver).isEmpty() && i < 60; i++) {
      runs(1);
      world.clock.pass(Duration.ofHours(1));
    }
    runs(1);
    world.clock.pass(Duration.ofHours(1));
    runs(1);
    assertThat(world.dead(receiver)).extracting(Note::number).containsExactly(1L);
    assertThat(world.log.counts(receiver.id()).held()).isEqualTo(1);
  }

  @Test
  void whatThereIsNothingToSendOfSaysNothingOfTheReceiver() throws InterruptedException {
    transport.answers =
        event ->
            CompletableFuture.completedFuture(
                event.stream().id().equals("none") ? new Outcome.Skipped() : DOWN);
    tell("none", "bad", "none", "none", "bad");
    runs(1);
    assertThat(world.progress(receiver).position()).isEqualTo(Position.START);
    assertThat(world.progress(receiver).attempts()).isEqualTo(1);
    assertThat(world.progress(receiver).delivered()).isZero();
    assertThat(world.log.counts(receiver.id()).held()).isZero();

    world.clock.pass(Duration.ofMinutes(1));
    transport.answers =
        event ->
            CompletableFuture.completedFuture(
                event.stream().id().equals("none")
                    ? new Outcome.Skipped()
                    : new Outcome.Delivered());
    runs(1);
    assertThat(transport.delivered(receiver)).containsExactly("bad-1", "bad-2");
    assertThat(world.progress(receiver).position()).isNotEqualTo(Position.START);
    assertThat(world.progress(receiver).delivered()).isEqualTo(2);
  }

  @Test
  void receiverThatIsGoneIsPaused() throws InterruptedException {
    transport.answer(event -> true, new Outcome.Gone("gone"));
    tell("a", "b");
    runs(3);
    assertThat(transport.tried(receiver)).hasSize(1);
    assertThat(world.progress(receiver).receiver().isEnabled()).isFalse();
    assertThat(world.progress(receiver).position()).isEqualTo(Position.START);
  }

  @Test
  void retryAfterIsKeptTo() throws InterruptedException {
    transport.answer(
        event -> true, new Outcome.Failed("busy", Optional.of(Duration.ofMinutes(10))));
    tell("a");
    runs(1);
    transport.answer(event -> false, DOWN);
    world.clock.pass(Duration.ofSeconds(599));
    runs(1);
    assertThat(transport.delivered(receiver)).isEmpty();
    world.clock.pass(Duration.ofSeconds(2));
    runs(1);
    assertThat(transport.delivered(receiver)).containsExactly("a-1");
  }

  @Test
  void onlyWhatIsWantedIsDelivered() throws InterruptedException {
    Receiver picky = world.receiver(World.TENANT, "p", Set.of("Group"), Set.of(EventType.CREATED));
    world.tell(World.TENANT, "Group", "g", EventType.CREATED);
    world.tell(World.TENANT, "Group", "g", EventType.PATCHED);
    world.tell(World.TENANT, "User", "u", EventType.CREATED);
    world.tell(World.TENANT, "User", "u", EventType.REINDEXED);
    world.turn(picky).run(() -> true);
    turn.run(() -> true);
    assertThat(transport.delivered(picky)).containsExactly("g-1");
    assertThat(transport.delivered(receiver)).containsExactlyInAnyOrder("g-1", "g-2", "u-1");
  }

  @Test
  void whatIsNotKeptIsDeliveredAgain() throws InterruptedException {
    tell("a", "b");
    world.writes =
        change -> {
          throw new StorageException.Unavailable("the server went down", null);
        };
    assertThatThrownBy(() -> turn.run(() -> true)).isInstanceOf(StorageException.class);
    world.writes = Runnable::run;
    world.turn(receiver).run(() -> true);
    assertThat(transport.delivered(receiver)).containsExactly("a-1", "b-1", "a-1", "b-1");
  }

  @Test
  void nodeThatHasLostItsLeaseKeepsNothing() {
    tell("a");
    world.log.release(World.NODE);
    world.log.claim("other", world.clock.now, world.clock.now.plusSeconds(60), 10);
    assertThatThrownBy(() -> turn.run(() -> true)).isInstanceOf(StorageException.Conflict.class);
    assertThat(world.progress(receiver).position()).isEqualTo(Position.START);
  }

  @Test
  void nothingIsSentOnceItMayNotGoOn() throws InterruptedException {
    tell("a", "b");
    turn.run(() -> false);
    assertThat(transport.tried(receiver)).isEmpty();
    assertThat(world.progress(receiver).position()).isEqualTo(Position.START);
    assertThat(world.log.counts(receiver.id()).held()).isZero();
  }

  @Test
  void receiverThatIsSetBackGetsAllAgain() throws InterruptedException {
    tell("a", "b");
    runs(1);
    world.log.reset(receiver.id(), Position.START);
    runs(1);
    assertThat(transport.delivered(receiver)).containsExactly("a-1", "b-1", "a-1", "b-1");
  }

  @Test
  void heldEventOfAnErasedSubjectIsToldWithoutItsContent() throws InterruptedException {
    transport.answer(event -> event.stream().id().equals("bad"), DOWN);
    tell("bad", "good");
    runs(1);
    world.keys.destroy(new StorageKey(World.TENANT, "User", "bad"), world.clock.now, "admin");
    transport.answer(event -> false, DOWN);
    world.clock.pass(Duration.ofSeconds(2));
    runs(1);
    List<Event> delivered = transport.delivered.getOrDefault("r", List.of());
    assertThat(delivered.get(1).stream().id()).isEqualTo("bad");
    assertThat(delivered.get(1).recorded().content()).isEmpty();
    assertThat(delivered.get(0).recorded().content()).isPresent();
  }

  @Test
  void receiverWithTooManyNotesStaysUntilTheyAreGone() throws InterruptedException {
    world.settings = World.settings(4, 3);
    Turn bounded = world.turn(receiver);
    transport.answer(event -> event.stream().id().equals("bad"), DOWN);
    tell("bad", "bad", "bad", "good");
    bounded.run(() -> true);
    tell("bad", "good");
    bounded.run(() -> true);
    assertThat(transport.delivered(receiver)).containsExactly("good-1");
    assertThat(world.log.counts(receiver.id()).held()).isEqualTo(3);
    transport.answer(event -> false, DOWN);
    world.clock.pass(Duration.ofSeconds(10));
    bounded.run(() -> true);
    bounded.run(() -> true);
    assertThat(transport.delivered(receiver)).hasSize(6);
  }

  @Test
  void whateverFailsNothingIsLostAndEachResourceIsInOrder() throws InterruptedException {
    long seed = Long.getLong("muster.seed", new Random().nextLong());
    System.out.println("TurnTest seed " + seed);
    Random random = new Random(seed);
    for (int round = 0; round < 20; round++) {
      World fresh = new World();
      Receiver target = fresh.receiver("r");
      Turn each = fresh.turn(target);
      int told = 0;
      double failing = random.nextDouble();
      fresh.transport.answers =
          event ->
              CompletableFuture.completedFuture(
                  random.nextDouble() < failing ? DOWN : new Outcome.Delivered());
      for (int step = 0; step < 60; step++) {
        for (int i = random.nextInt(20); i > 0; i--) {
          fresh.tell("u" + random.nextInt(8));
          told++;
        }
        if (random.nextInt(6) == 0) {
          each = fresh.turn(target); // another node, or this one after a restart
        }
        each.run(() -> random.nextInt(50) > 0);
        fresh.clock.pass(Duration.ofMillis(random.nextInt(3_000)));
      }
      fresh.transport.answer(event -> false, DOWN);
      for (int i = 0; i < 30; i++) {
        fresh.clock.pass(Duration.ofMinutes(61));
        each.run(() -> true);
      }
      List<String> delivered = fresh.transport.delivered(target);
      assertThat(delivered)
          .as("seed %d round %d", seed, round)
          .hasSize(told)
          .doesNotHaveDuplicates();
      assertInOrder(delivered);
      assertThat(fresh.log.counts(target.id()).held()).isZero();
    }
  }

  private void tell(String... ids) {
    for (String id : ids) {
      world.tell(id);
    }
  }

  private void runs(int times) throws InterruptedException {
    for (int i = 0; i < times; i++) {
      turn.run(() -> true);
    }
  }

  /** Of each resource, the numbers rise. */
  private static void assertInOrder(List<String> names) {
    Map<String, List<Integer>> byStream = new HashMap<>();
    for (String name : names) {
      int dash = name.lastIndexOf('-');
      byStream
          .computeIfAbsent(name.substring(0, dash), key -> new ArrayList<>())
          .add(Integer.parseInt(name.substring(dash + 1)));
    }
    byStream.values().forEach(numbers -> assertThat(numbers).isSorted());
  }
}
