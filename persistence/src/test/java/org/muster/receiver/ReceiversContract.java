package org.muster.receiver;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.URI;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.Supplier;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.muster.event.EventType;
import org.muster.event.Position;
import org.muster.kernel.Precondition;
import org.muster.kernel.TenantId;
import org.muster.kernel.Version;
import org.muster.storage.JsonDocument;
import org.muster.storage.StorageException;
import org.muster.storage.StorageKey;

/** What every store of receivers, and of what is noted for them, must do. */
@Timeout(60)
public abstract class ReceiversContract {
  private static final Instant NOW = Instant.ofEpochMilli(1_700_000_000_123L);
  private static final Instant LATER = NOW.plusSeconds(10);
  private static final Position START = Position.START;

  private TenantId tenant = TenantId.DEFAULT;
  private String node = "";

  /** The receivers under test. */
  protected abstract Receivers receivers();

  /** How far they are. */
  protected abstract DeliveryLog log();

  /** What they did not take. */
  protected abstract DeadLetters deadLetters();

  /** Runs something in a transaction, if the store knows such. */
  protected abstract <T> T write(Supplier<T> action);

  @BeforeEach
  void openTenant() {
    tenant = new TenantId("r" + UUID.randomUUID().toString().replace("-", ""));
    node = "node-" + tenant;
  }

  @Test
  void receiverIsReadAsItWasAdded() {
    Receiver added = add(receiver("a"));
    assertThat(added.created()).isEqualTo(NOW);
    assertThat(receivers().find(added.id())).contains(added);
    assertThat(receivers().find(id("b"))).isEmpty();
    assertThat(receivers().find(new ReceiverId(new TenantId("other"), "a"))).isEmpty();
    Progress progress = log().find(added.id()).orElseThrow();
    assertThat(progress.receiver()).isEqualTo(added);
    assertThat(progress.position()).isEqualTo(START);
    assertThat(progress.failure()).isEmpty();
    assertConflict(() -> receivers().add(receiver("a"), START));
  }

  @Test
  void secretIsShownByNoText() {
    assertThat(add(receiver("a")).toString()).doesNotContain("whsec");
  }

  @Test
  void receiverThatIsReplacedHasToBeAsExpected() {
    Receiver first = add(receiver("a"));
    Receiver paused = first.in(Receiver.State.PAUSED);
    Receiver second = write(() -> receivers().replace(paused, is(first)));
    assertThat(second.version()).isNotEqualTo(first.version());
    assertThat(receivers().find(first.id())).contains(second);
    assertConflict(() -> receivers().replace(paused, is(first)));
    assertConflict(() -> receivers().replace(paused, new Precondition.Absent()));
    assertConflict(() -> receivers().replace(receiver("b"), new Precondition.Present()));
    assertConflict(() -> receivers().remove(first.id(), is(first)));
    assertThat(write(() -> receivers().remove(first.id(), is(second)))).isTrue();
    assertThat(receivers().find(first.id())).isEmpty();
    assertThat(write(() -> receivers().remove(first.id(), new Precondition.Any()))).isFalse();
    assertConflict(() -> receivers().remove(first.id(), new Precondition.Present()));
  }

  @Test
  void pageHasTheReceiversOfOneTenantById() {
    for (String id : List.of("c", "a", "b")) {
      add(receiver(id));
    }
    assertThat(receivers().page(tenant, "", 2))
        .extracting(r -> r.id().id())
        .containsExactly("a", "b");
    assertThat(receivers().page(tenant, "b", 2)).extracting(r -> r.id().id()).containsExactly("c");
    assertThat(receivers().page(new TenantId(tenant + "x"), "", 2)).isEmpty();
  }

  @Test
  void leaseIsOfOneNodeUntilItIsOver() {
    Receiver added = add(receiver("a"));
    claim(node, NOW, NOW.plusSeconds(5));
    claim("other", NOW.plusSeconds(4), NOW.plusSeconds(9));
    assertThat(lease(added).isHeldBy(node, NOW.plusSeconds(4))).isTrue();
    claim(node, NOW.plusSeconds(4), NOW.plusSeconds(9));
    assertThat(lease(added).until()).isEqualTo(NOW.plusSeconds(9));
    claim("other", NOW.plusSeconds(9), NOW.plusSeconds(14));
    assertThat(lease(added).holder()).isEqualTo("other");
    claim(node, NOW.plusSeconds(9), NOW.plusSeconds(14));
    assertThat(lease(added).holder()).isEqualTo("other");
    run(() -> log().release("other"));
    claim(node, NOW.plusSeconds(9), NOW.plusSeconds(14));
    assertThat(lease(added).holder()).isEqualTo(node);
    run(() -> log().release(node));
  }

  @Test
  void leaseIsNotForThosePausedOrNotSentTo() {
    Receiver paused = add(receiver("a").in(Receiver.State.PAUSED));
    Receiver poll = add(receiver("b", Kind.SET_POLL));
    assertThat(log().leased(100_000)).extracting(Leased::id).doesNotContain(paused.id(), poll.id());
    claim(node, NOW, LATER);
    assertThat(log().leased(100_000)).noneMatch(each -> each.id().tenant().equals(tenant));
  }

  @Test
  void positionAndNotesAreKeptTogether() {
    Receiver added = held("a");
    Note note = note("u1", 1, Optional.of(LATER));
    Note behind = note("u1", 2, Optional.empty());
    settle(added, START, at(5), List.of(note, behind), List.of(), List.of());
    Progress progress = log().find(added.id()).orElseThrow();
    assertThat(progress.position()).isEqualTo(at(5));
    assertThat(progress.delivered()).isEqualTo(3);
    assertThat(progress.failed()).isEqualTo(1);
    assertThat(progress.attempts()).isEqualTo(2);
    assertThat(progress.next()).contains(LATER);
    assertThat(progress.failure()).contains(new Progress.Failure("refused", NOW));
    assertThat(progress.receiver().version()).isEqualTo(added.version());
    assertThat(log().counts(added.id())).isEqualTo(new Counts(2, 0, Optional.of(LATER)));
    assertThat(log().noted(added.id(), Set.of(stream("u1"), stream("u2"))))
        .containsExactly(stream("u1"));
    assertThat(log().due(added.id(), NOW, 10, 10)).isEmpty();
    List<Note> due = log().due(added.id(), LATER, 10, 10);
    assertThat(due).extracting(Note::number).containsExactly(1L, 2L);
    assertThat(due.get(0)).isEqualTo(numbered(note, due.get(0).no()));
    assertThat(due.get(1)).isEqualTo(numbered(behind, due.get(1).no()));
  }

  @Test
  void nothingIsKeptOfAnotherHolderOrFromAnotherPosition() {
    Receiver added = held("a");
    List<Note> notes = List.of(note("u1", 1, Optional.of(LATER)));
    assertConflict(
        () -> {
          log().settle(added.id(), "other", settlement(START, at(5), notes, List.of(), List.of()));
          return true;
        });
    assertConflict(
        () -> {
          log().settle(added.id(), node, settlement(at(4), at(5), notes, List.of(), List.of()));
          return true;
        });
    assertThat(log().find(added.id()).orElseThrow().position()).isEqualTo(START);
    assertThat(log().counts(added.id()).held()).isZero();
  }

  @Test
  void nextOfAStreamIsTriedWhenTheFirstIsDelivered() {
    Receiver added = held("a");
    settle(
        added,
        START,
        at(5),
        List.of(
            note("u1", 1, Optional.of(NOW)),
            note("u1", 2, Optional.empty()),
            note("u1", 3, Optional.empty()),
            note("u2", 7, Optional.of(LATER))),
        List.of(),
        List.of());
    List<Note> due = log().due(added.id(), NOW, 10, 10);
    assertThat(due).extracting(Note::number).containsExactly(1L, 2L, 3L);
    settle(added, at(5), at(5), List.of(), due.subList(0, 1), List.of());
    List<Note> next = log().due(added.id(), NOW, 10, 10);
    assertThat(next).extracting(Note::number).containsExactly(2L, 3L);
    assertThat(next.get(0).next()).contains(NOW);
    assertThat(next.get(1).next()).isEmpty();
    settle(added, at(5), at(5), List.of(), List.of(), List.of(next.get(0).failed(LATER, "no")));
    assertThat(log().due(added.id(), NOW, 10, 10)).isEmpty();
    Note failed = log().due(added.id(), LATER, 10, 10).get(0);
    assertThat(failed.attempts()).isEqualTo(1);
    assertThat(failed.error()).isEqualTo("no");
  }

  @Test
  void deadLetterLetsTheNextOfItsStreamGoOn() {
    Receiver added = held("a");
    settle(
        added,
        START,
        at(5),
        List.of(note("u1", 1, Optional.of(NOW)), note("u1", 2, Optional.empty())),
        List.of(),
        List.of());
    Note first = log().due(added.id(), NOW, 10, 10).get(0);
    settle(added, at(5), at(5), List.of(), List.of(), List.of(first.died("never")));
    assertThat(log().counts(added.id())).isEqualTo(new Counts(1, 1, Optional.of(NOW)));
    assertThat(log().due(added.id(), NOW, 10, 10)).extracting(Note::number).containsExactly(2L);
    List<Note> dead = deadLetters().page(added.id(), 0, 10);
    assertThat(dead).hasSize(1);
    assertThat(dead.get(0)).isEqualTo(first.died("never"));
    assertThat(deadLetters().page(added.id(), dead.get(0).no(), 10)).isEmpty();

    assertThat(write(() -> deadLetters().replay(added.id(), dead.get(0).no() + 999, LATER)))
        .isFalse();
    assertThat(write(() -> deadLetters().replay(added.id(), dead.get(0).no(), LATER))).isTrue();
    Note again = log().due(added.id(), LATER, 10, 10).get(0);
    assertThat(again.number()).isEqualTo(1);
    assertThat(again.attempts()).isZero();
    assertThat(again.since()).isEqualTo(LATER);
    settle(added, at(5), at(5), List.of(), List.of(), List.of(again.died("never")));
    assertThat(write(() -> deadLetters().replayAll(added.id(), LATER))).isEqualTo(1);
    assertThat(write(() -> deadLetters().discard(added.id(), again.no()))).isFalse();
    settle(added, at(5), at(5), List.of(), List.of(), List.of(again.died("never")));
    assertThat(write(() -> deadLetters().discard(added.id(), again.no()))).isTrue();
    assertThat(log().counts(added.id()).dead()).isZero();
  }

  @Test
  void whatIsNotedAlreadyStaysAsItIs() {
    Receiver added = held("a");
    Note note = note("u1", 1, Optional.of(LATER));
    settle(added, START, at(5), List.of(note), List.of(), List.of());
    assertThat(write(() -> log().reset(added.id(), START))).isTrue();
    assertThat(log().find(added.id()).orElseThrow().next()).isEmpty();
    settle(added, START, at(5), List.of(note("u1", 1, Optional.of(NOW))), List.of(), List.of());
    assertThat(log().counts(added.id())).isEqualTo(new Counts(1, 0, Optional.of(LATER)));
    assertThat(write(() -> log().reset(id("none"), START))).isFalse();
  }

  @Test
  void newNoteReplacesADeadLetterAndThoseBehindItWait() {
    Receiver added = held("a");
    settle(added, START, at(5), List.of(note("u1", 1, Optional.of(NOW))), List.of(), List.of());
    Note first = log().due(added.id(), NOW, 10, 10).get(0);
    settle(added, at(5), at(5), List.of(), List.of(), List.of(first.died("never")));
    assertThat(write(() -> log().reset(added.id(), START))).isTrue();
    settle(
        added,
        START,
        at(5),
        List.of(note("u1", 1, Optional.of(LATER)), note("u1", 2, Optional.empty())),
        List.of(),
        List.of());
    assertThat(log().counts(added.id())).isEqualTo(new Counts(2, 0, Optional.of(LATER)));
    assertThat(log().due(added.id(), NOW, 10, 10)).isEmpty();
    assertThat(log().due(added.id(), LATER, 10, 10))
        .extracting(Note::number)
        .containsExactly(1L, 2L);
  }

  @Test
  void noteThatNoneIsBeforeIsTriedNext() {
    Receiver added = held("a");
    Note late = new Note(0, stream("u1"), 2, at(2), 0, Optional.empty(), Instant.EPOCH, false, "");
    settle(added, START, at(5), List.of(late), List.of(), List.of());
    Note due = log().due(added.id(), NOW, 10, 10).get(0);
    assertThat(due.next()).contains(NOW);
    assertThat(due.since()).isEqualTo(NOW);
  }

  @Test
  void deadLettersOfAStreamComeBackOneAfterTheOther() {
    Receiver added = held("a");
    settle(
        added,
        START,
        at(5),
        List.of(note("u1", 1, Optional.of(NOW)), note("u1", 2, Optional.empty())),
        List.of(),
        List.of());
    for (int i = 0; i < 2; i++) {
      Note head = log().due(added.id(), NOW, 10, 10).get(0);
      settle(added, at(5), at(5), List.of(), List.of(), List.of(head.died("never")));
    }
    List<Note> dead = deadLetters().page(added.id(), 0, 10);
    assertThat(dead).hasSize(2);
    assertThat(write(() -> deadLetters().replay(added.id(), dead.get(1).no(), LATER))).isTrue();
    assertThat(log().counts(added.id()).next()).contains(LATER);
    assertThat(write(() -> deadLetters().replayAll(added.id(), LATER))).isEqualTo(1);
    List<Note> due = log().due(added.id(), LATER, 10, 10);
    assertThat(due).extracting(Note::number).containsExactly(1L, 2L);
    assertThat(due.get(0).next()).contains(LATER);
    assertThat(due.get(1).next()).isEmpty();
    Instant muchLater = LATER.plusSeconds(60);
    settle(added, at(5), at(5), List.of(), List.of(), List.of(due.get(0).failed(muchLater, "no")));
    assertThat(log().due(added.id(), LATER, 10, 10)).isEmpty();
  }

  @Test
  void receiverThatWantsNoMoreIsPaused() {
    Receiver added = held("a");
    run(
        () ->
            log()
                .settle(
                    added.id(),
                    node,
                    new Settlement(
                        START,
                        START,
                        0,
                        Optional.empty(),
                        0,
                        1,
                        Optional.of(new Progress.Failure("gone", NOW)),
                        List.of(),
                        List.of(),
                        List.of(),
                        true,
                        NOW)));
    Receiver paused = receivers().find(added.id()).orElseThrow();
    assertThat(paused.state()).isEqualTo(Receiver.State.PAUSED);
    assertThat(paused.version()).isNotEqualTo(added.version());
  }

  @Test
  void dueNotesAreOfTheMostUrgentStreams() {
    Receiver added = held("a");
    List<Note> notes = new ArrayList<>();
    for (int i = 0; i < 5; i++) {
      notes.add(note("u" + i, 1, Optional.of(NOW.minusSeconds(i))));
    }
    settle(added, START, at(5), notes, List.of(), List.of());
    assertThat(log().due(added.id(), NOW, 2, 10))
        .extracting(note -> note.stream().id())
        .containsExactly("u3", "u4");
    assertThat(log().due(added.id(), NOW, 5, 3)).hasSize(3);
  }

  @Test
  void erasedTenantLeavesNothing() {
    Receiver added = held("a");
    add(receiver("b"));
    settle(
        added,
        START,
        at(5),
        List.of(note("u1", 1, Optional.of(NOW)), note("u2", 1, Optional.of(NOW))),
        List.of(),
        List.of());
    int steps = 0;
    while (write(() -> receivers().erase(tenant, 1)) > 0) {
      assertThat(++steps).isLessThan(10);
    }
    assertThat(receivers().page(tenant, "", 10)).isEmpty();
    assertThat(log().counts(added.id())).isEqualTo(new Counts(0, 0, Optional.empty()));
  }

  @Test
  void removedReceiverTakesItsNotesAlong() {
    Receiver added = held("a");
    settle(added, START, at(5), List.of(note("u1", 1, Optional.of(NOW))), List.of(), List.of());
    write(() -> receivers().remove(added.id(), new Precondition.Present()));
    assertThat(log().counts(added.id()).held()).isZero();
    assertThat(log().find(added.id())).isEmpty();
  }

  @Test
  void textsAreKeptWhateverTheyAre() {
    Receiver added = held("a");
    String error = "\uE000 \uD83D\uDE00 ' \" \\ \n";
    String id = "\uFFFD-\uD83D\uDE00";
    Note note = new Note(0, stream(id), 1, at(3), 1, Optional.of(NOW), NOW, false, error);
    settle(added, START, at(5), List.of(note), List.of(), List.of());
    Note found = log().due(added.id(), NOW, 10, 10).get(0);
    assertThat(found).isEqualTo(numbered(note, found.no()));
    assertThat(log().noted(added.id(), Set.of(stream(id)))).containsExactly(stream(id));
  }

  /** Behind as many events, whatever the form of positions. */
  private static Position at(int n) {
    return Position.parse(Position.START.toString().replaceAll("0$", Integer.toString(n)))
        .orElseThrow();
  }

  private Receiver held(String id) {
    Receiver added = add(receiver(id));
    claim(node, NOW, NOW.plusSeconds(1_000));
    return added;
  }

  private void claim(String holder, Instant now, Instant until) {
    run(() -> log().claim(holder, now, until, 100_000));
  }

  private Leased lease(Receiver receiver) {
    return log().leased(100_000).stream()
        .filter(each -> each.id().equals(receiver.id()))
        .findFirst()
        .orElseThrow();
  }

  private void settle(
      Receiver receiver,
      Position from,
      Position to,
      List<Note> noted,
      List<Note> done,
      List<Note> changed) {
    run(() -> log().settle(receiver.id(), node, settlement(from, to, noted, done, changed)));
  }

  private static Settlement settlement(
      Position from, Position to, List<Note> noted, List<Note> done, List<Note> changed) {
    return new Settlement(
        from,
        to,
        2,
        Optional.of(LATER),
        3,
        1,
        Optional.of(new Progress.Failure("refused", NOW)),
        noted,
        done,
        changed,
        false,
        NOW);
  }

  private Note note(String id, long number, Optional<Instant> next) {
    return new Note(0, stream(id), number, at((int) number), 0, next, NOW, false, "");
  }

  private static Note numbered(Note note, long no) {
    return new Note(
        no,
        note.stream(),
        note.number(),
        note.position(),
        note.attempts(),
        note.next(),
        note.since(),
        note.isDead(),
        note.error());
  }

  /** Adds a receiver with secrets. */
  protected final Receiver addOne() {
    return add(receiver("one"));
  }

  private Receiver add(Receiver receiver) {
    return write(() -> receivers().add(receiver, START));
  }

  private void run(Runnable action) {
    write(
        () -> {
          action.run();
          return true;
        });
  }

  private <T> void assertConflict(Supplier<T> action) {
    assertThatThrownBy(() -> write(action)).isInstanceOf(StorageException.Conflict.class);
  }

  private StorageKey stream(String id) {
    return new StorageKey(tenant, "User", id);
  }

  private ReceiverId id(String id) {
    return new ReceiverId(tenant, id);
  }

  private static Precondition is(Receiver receiver) {
    return new Precondition.At(receiver.version());
  }

  private Receiver receiver(String id) {
    return receiver(id, Kind.WEBHOOK);
  }

  private Receiver receiver(String id, Kind kind) {
    return new Receiver(
        id(id),
        kind,
        Receiver.State.ENABLED,
        new ReceiverSettings(
            Optional.of(URI.create("https://example.com/hook?a=b")),
            Set.of("User", "Group"),
            Set.of(EventType.CREATED, EventType.MEMBERSHIP_ADDED),
            ReceiverSettings.Content.NOTICE,
            Optional.of("for \uD83D\uDE00 \uE000"),
            JsonDocument.ofText("{\"a\":{\"b\":[1]}}")),
        List.of(new Secret("whsec_new"), new Secret("whsec_old")),
        new Version(1),
        NOW.plusNanos(5),
        NOW.plusNanos(5));
  }
}
