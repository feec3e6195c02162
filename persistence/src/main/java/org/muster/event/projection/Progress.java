package org.muster.event.projection;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import org.muster.event.Position;

/**
 * How far a projection is.
 *
 * @param position it has done all up to here; of one that is made anew beside the old, that which
 *     is being made
 * @param target where the events ended when the phase began
 * @param done how many events it has done since it was made, or since it is made anew
 * @param started when the phase began, in milliseconds
 * @param updated when there was progress last, in milliseconds
 * @param error why the last attempt to go on has failed; empty if it has not
 * @param version another one with each change
 */
public record Progress(
    String name,
    Phase phase,
    Position position,
    Position target,
    long done,
    Instant started,
    Instant updated,
    Optional<String> error,
    long version) {
  private static final int ERROR = 500;

  public Progress {
    started = started.truncatedTo(ChronoUnit.MILLIS);
    updated = updated.truncatedTo(ChronoUnit.MILLIS);
    error = error.map(text -> text.length() <= ERROR ? text : text.substring(0, ERROR));
  }

  /** That of a projection that has done nothing yet. */
  public static Progress begun(String name, Instant now) {
    return new Progress(
        name, Phase.RUNNING, Position.START, Position.START, 0, now, now, Optional.empty(), 1);
  }

  /** The same after some more events, without an error. */
  public Progress at(Position next, long more, Instant now) {
    return new Progress(
        name, phase, next, target, done + more, started, now, Optional.empty(), version);
  }

  /** The same in another phase, without an error. */
  public Progress in(Phase other, Position end, Instant now) {
    return new Progress(name, other, position, end, done, now, now, Optional.empty(), version);
  }

  /** The same before all events. */
  public Progress anew() {
    return new Progress(name, phase, Position.START, target, 0, started, updated, error, version);
  }

  /** The same, failed. */
  public Progress failed(String why, Instant now) {
    return new Progress(
        name, phase, position, target, done, started, now, Optional.of(why), version);
  }

  /** The same under another version. */
  public Progress version(long other) {
    return new Progress(name, phase, position, target, done, started, updated, error, other);
  }
}
