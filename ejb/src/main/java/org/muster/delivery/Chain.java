package org.muster.delivery;

import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.muster.event.Event;
import org.muster.receiver.Note;
import org.muster.storage.StorageKey;

/** Events of one stream that are sent one after the other, until one fails. Thread-safe. */
final class Chain {
  private final StorageKey stream;
  private final List<Link> links;
  private int passed;
  private int delivered;
  private @Nullable Outcome end;

  /**
   * An event to be sent.
   *
   * @param note what is noted of it, if it is
   */
  record Link(Event event, Optional<Note> note) {}

  Chain(StorageKey stream, List<Link> links) {
    this.stream = stream;
    this.links = List.copyOf(links);
  }

  StorageKey stream() {
    return stream;
  }

  List<Link> links() {
    return links;
  }

  /** Whether its events come from the notes, and not from the feed. */
  boolean isNoted() {
    return links.get(0).note().isPresent();
  }

  /** The next event; empty if there is none, or one has failed. */
  synchronized Optional<Event> next() {
    return end == null && passed < links.size()
        ? Optional.of(links.get(passed).event())
        : Optional.empty();
  }

  synchronized void record(Outcome outcome) {
    if (outcome instanceof Outcome.Delivered) {
      passed++;
      delivered++;
    } else if (outcome instanceof Outcome.Skipped) {
      passed++;
    } else {
      end = outcome;
    }
  }

  /** How many were delivered, or had nothing to send. */
  synchronized int passed() {
    return passed;
  }

  /** How many were delivered. */
  synchronized int delivered() {
    return delivered;
  }

  /** What came of the one behind those that are passed; empty if it was not tried. */
  synchronized Optional<Outcome> end() {
    return Optional.ofNullable(end);
  }

  /**
   * Whether the receiver has shown that it takes events: it has taken one, or has refused one for
   * good, or so often that this is the event's fault.
   *
   * @param attempts how many are enough
   * @param made so far in which it was refused, this one included
   */
  synchronized boolean isThrough(int attempts, int made) {
    return delivered > 0
        || (end instanceof Outcome.Rejected rejected
            && (rejected.isPermanent() || made >= attempts));
  }

  /** Whether one of them was tried in vain. */
  synchronized boolean isFailed() {
    return end != null;
  }
}
