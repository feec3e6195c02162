package org.muster.delivery.admin;

import java.time.Clock;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import org.muster.delivery.Writes;
import org.muster.kernel.TenantId;
import org.muster.receiver.DeadLetters;
import org.muster.receiver.Note;
import org.muster.receiver.ReceiverId;
import org.muster.scim.ScimException;

/** The dead letters of a tenant's receivers, as its administrators see them. Thread-safe. */
public final class ReceiverLetters {
  private final ReceiverRequests requests;
  private final DeadLetters letters;
  private final Writes writes;
  private final Consumer<ReceiverId> wake;
  private final Clock clock;

  /**
   * Requests over dead letters.
   *
   * @param wake is told of what has something to do
   */
  public ReceiverLetters(
      ReceiverRequests requests,
      DeadLetters letters,
      Writes writes,
      Consumer<ReceiverId> wake,
      Clock clock) {
    this.requests = requests;
    this.letters = letters;
    this.writes = writes;
    this.wake = wake;
    this.clock = clock;
  }

  /**
   * A page of those of a receiver, the first ones first.
   *
   * @param after the number that it begins behind
   */
  public List<Note> page(TenantId tenant, String id, Optional<String> after, int limit) {
    ReceiverId receiver = requests.find(tenant, id).id();
    long behind =
        after
            .map(
                text ->
                    number(text)
                        .orElseThrow(
                            () ->
                                ReceiverJson.invalid(
                                    "cursor must be nextCursor of the page before")))
            .orElse(0L);
    return letters.page(receiver, behind, limit);
  }

  /** Has one tried again. */
  public void replay(TenantId tenant, String id, String letter) {
    ReceiverId receiver = requests.find(tenant, id).id();
    long no = number(letter).orElseThrow(ReceiverLetters::notFound);
    AtomicBoolean isFound = new AtomicBoolean();
    writes.write(() -> isFound.set(letters.replay(receiver, no, clock.instant())));
    if (!isFound.get()) {
      throw notFound();
    }
    wake.accept(receiver);
  }

  /** Has all tried again; how many there were. */
  public long replayAll(TenantId tenant, String id) {
    ReceiverId receiver = requests.find(tenant, id).id();
    AtomicLong count = new AtomicLong();
    writes.write(() -> count.set(letters.replayAll(receiver, clock.instant())));
    wake.accept(receiver);
    return count.get();
  }

  /** Gives one up for good. */
  public void discard(TenantId tenant, String id, String letter) {
    ReceiverId receiver = requests.find(tenant, id).id();
    long no = number(letter).orElseThrow(ReceiverLetters::notFound);
    AtomicBoolean isFound = new AtomicBoolean();
    writes.write(() -> isFound.set(letters.discard(receiver, no)));
    if (!isFound.get()) {
      throw notFound();
    }
  }

  private static Optional<Long> number(String text) {
    return text.matches("[0-9]{1,18}") ? Optional.of(Long.parseLong(text)) : Optional.empty();
  }

  private static ScimException notFound() {
    return ScimException.notFound("There is no such dead letter");
  }
}
