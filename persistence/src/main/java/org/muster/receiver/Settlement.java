package org.muster.receiver;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.muster.event.Position;

/**
 * What came of a turn of delivering; kept in one step.
 *
 * @param from where the receiver was
 * @param to where it is now
 * @param attempts to reach it, in vain, since something got through
 * @param next when to try again; empty for at once
 * @param delivered events, of this turn
 * @param failed attempts, of this turn
 * @param failure the last one, if there was one
 * @param noted new notes; what is noted already stays as it is, but they replace dead letters
 * @param done notes that are delivered
 * @param changed notes that were tried in vain
 * @param isOver whether the receiver wants no more: it is paused
 */
public record Settlement(
    Position from,
    Position to,
    int attempts,
    Optional<Instant> next,
    long delivered,
    long failed,
    Optional<Progress.Failure> failure,
    List<Note> noted,
    List<Note> done,
    List<Note> changed,
    boolean isOver,
    Instant time) {
  public Settlement {
    noted = List.copyOf(noted);
    done = List.copyOf(done);
    changed = List.copyOf(changed);
  }
}
