package org.muster.signal.stream;

import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.muster.event.Event;
import org.muster.event.Position;
import org.muster.receiver.Note;
import org.muster.receiver.Progress;
import org.muster.receiver.Receiver;
import org.muster.receiver.Settlement;

/**
 * Works out what it means that a receiver has some tokens, or could not use them: those that are
 * noted, then those behind its position. What it leaves out before the last of them is noted. For
 * one thread.
 */
final class Acknowledging {
  /** Events that are looked at in one go. */
  static final int PAGE = 200;

  /** Twice what a receiver can have got at once, of what is told. */
  private static final int SEEN_MOST = 2 * PollRequest.MOST;

  /** More than what is looked at for an answer. */
  private static final int LOOKED_MOST = 2 * Collecting.LOOKED_MOST;

  private final PollRequest request;
  private final StreamTokens tokens;
  private final Receiver receiver;
  private final Instant now;
  private final Set<UUID> left = new HashSet<>();
  private final List<Note> done = new ArrayList<>();
  private final List<Note> changed = new ArrayList<>();
  private final List<Note> made = new ArrayList<>();
  private final List<Event> leftOut = new ArrayList<>();
  private Optional<Position> reached = Optional.empty();
  private int noted;
  private int seen;
  private int looked;
  private int delivered;
  private int failed;

  Acknowledging(PollRequest request, StreamTokens tokens, Receiver receiver, Instant now) {
    this.request = request;
    this.tokens = tokens;
    this.receiver = receiver;
    this.now = now;
    left.addAll(request.acknowledged());
    left.addAll(request.failed().keySet());
  }

  /** Takes a note with its event, if there still is one. */
  void noted(Note note, Optional<Event> event) {
    noted++;
    if (event.isEmpty()) {
      done.add(note);
      return;
    }
    UUID id = event.get().recorded().id();
    if (request.acknowledged().contains(id)) {
      done.add(note);
      delivered++;
    } else if (request.failed().containsKey(id)) {
      changed.add(note.died(why(id)));
      failed++;
    }
    left.remove(id);
  }

  /** Whether there may be more that the receiver speaks of. */
  boolean isLooking() {
    return !left.isEmpty() && seen < SEEN_MOST && looked < LOOKED_MOST && noted < PollRequest.MOST;
  }

  /** Takes the next event behind the position. */
  void seen(Event event) {
    looked++;
    UUID id = event.recorded().id();
    boolean isRefused = request.failed().containsKey(id);
    if (!left.remove(id)) {
      if (tokens.told(receiver, event).isPresent()) {
        leftOut.add(event);
        seen++;
      }
      return;
    }
    seen++;
    if (!noteThoseLeftOut()) {
      return;
    }
    if (isRefused) {
      made.add(note(event, Optional.empty(), 1, why(id)));
      failed++;
    } else {
      delivered++;
    }
    reached = Optional.of(event.position());
  }

  /** Whether there is room for them; if not, the position has to stay before them. */
  private boolean noteThoseLeftOut() {
    if (noted + leftOut.size() > PollRequest.MOST) {
      noted = PollRequest.MOST;
      return false;
    }
    noted += leftOut.size();
    leftOut.forEach(event -> made.add(note(event, Optional.of(now), 0, "")));
    leftOut.clear();
    return true;
  }

  private static Note note(Event event, Optional<Instant> next, int attempts, String error) {
    return new Note(
        0,
        event.stream(),
        event.number(),
        event.position(),
        attempts,
        next,
        event.recorded().time(),
        next.isEmpty(),
        error);
  }

  private String why(UUID id) {
    return "The receiver has answered " + request.failed().get(id);
  }

  boolean hasChanged() {
    return reached.isPresent() || !done.isEmpty() || !changed.isEmpty();
  }

  Settlement settlement(Progress progress, Instant time) {
    Optional<Progress.Failure> failure =
        request.failed().values().stream()
            .findFirst()
            .filter(code -> failed > 0)
            .map(code -> new Progress.Failure("The receiver has answered " + code, time));
    return new Settlement(
        progress.position(),
        reached.orElse(progress.position()),
        0,
        Optional.empty(),
        delivered,
        failed,
        failure,
        made,
        done,
        changed,
        false,
        time);
  }

  /** Goes on to a position, and forgets some notes. */
  static Settlement settlement(Progress progress, Position to, List<Note> gone, Instant time) {
    return new Settlement(
        progress.position(),
        to,
        0,
        Optional.empty(),
        0,
        0,
        Optional.empty(),
        List.of(),
        gone,
        List.of(),
        false,
        time);
  }
}
