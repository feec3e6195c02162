package org.muster.receiver;

import java.time.Instant;
import java.util.Optional;
import org.muster.event.Position;

/**
 * How far a receiver is.
 *
 * @param position all up to here is delivered, or noted
 * @param attempts to reach it, in vain, since something got through
 * @param next when to try again; empty for at once
 * @param delivered events, since it was made; one that is delivered again counts again
 * @param failed attempts
 * @param failure the last one, if there was one
 */
public record Progress(
    Receiver receiver,
    Position position,
    int attempts,
    Optional<Instant> next,
    long delivered,
    long failed,
    Optional<Failure> failure) {

  /**
   * What went wrong.
   *
   * @param why for people
   */
  public record Failure(String why, Instant time) {}
}
