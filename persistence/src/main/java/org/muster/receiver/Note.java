package org.muster.receiver;

import java.time.Instant;
import java.util.Optional;
import org.muster.event.Position;
import org.muster.storage.StorageKey;

/**
 * An event that a receiver has not got, though its position is behind it. It names the event; what
 * that says, only the event store knows.
 *
 * @param no names the note among those of its receiver, in the order in which they were made; 0
 *     before it is stored
 * @param number of the event within its stream
 * @param position of the event
 * @param attempts to deliver it
 * @param next when to try again; empty if it waits for one of its stream that is before it, or is
 *     dead
 * @param since when it was noted, or its turn came if it waited
 * @param isDead whether it is a dead letter: nobody tries any more
 * @param error what went wrong last, for people; empty if it only waits
 */
public record Note(
    long no,
    StorageKey stream,
    long number,
    Position position,
    int attempts,
    Optional<Instant> next,
    Instant since,
    boolean isDead,
    String error) {

  /** After one more attempt in vain. */
  public Note failed(Instant again, String why) {
    return new Note(
        no, stream, number, position, attempts + 1, Optional.of(again), since, false, why);
  }

  /** When no other of its stream is before it any more. */
  public Note first(Instant now) {
    return new Note(no, stream, number, position, attempts, Optional.of(now), now, isDead, error);
  }

  /** When another of its stream is before it. */
  public Note waiting() {
    return new Note(no, stream, number, position, attempts, Optional.empty(), since, isDead, error);
  }

  /** After the last attempt. */
  public Note died(String why) {
    return new Note(no, stream, number, position, attempts + 1, Optional.empty(), since, true, why);
  }
}
