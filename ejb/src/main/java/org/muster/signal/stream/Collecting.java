package org.muster.signal.stream;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.muster.event.Event;
import org.muster.event.EventPage;
import org.muster.event.Position;
import org.muster.receiver.Receiver;
import org.muster.signal.ScimEvent;

/** Collects the tokens of an answer. For one thread. */
final class Collecting {
  /** Characters of tokens after which an answer is long enough. */
  private static final long CHARACTERS = 4 << 20;

  private static final int PAGE = 100;

  /** Events behind the position that are looked at for one answer; most may tell nothing. */
  static final int LOOKED_MOST = 10_000;

  private final StreamTokens tokens;
  private final Receiver receiver;
  private final int most;
  private Position position;
  private Position passed;
  private final Map<String, String> found = new LinkedHashMap<>();
  private long characters;
  private int looked;
  private boolean anyTold;
  private boolean complete;
  private boolean far;
  private boolean more;

  /**
   * An answer without tokens.
   *
   * @param position where the receiver is
   */
  Collecting(StreamTokens tokens, Receiver receiver, int most, Position position) {
    this.tokens = tokens;
    this.receiver = receiver;
    this.most = most;
    this.position = position;
    this.passed = position;
  }

  /** Takes the next events behind the position. */
  void add(EventPage page) {
    for (Event event : page.events()) {
      looked++;
      pass(add(event), event.position());
    }
    pass(false, page.next());
    position = page.next();
    complete = page.complete();
    far = page.events().isEmpty() && !complete;
  }

  private void pass(boolean isTold, Position to) {
    anyTold |= isTold;
    if (!anyTold) {
      passed = to;
    }
  }

  /** Whether there is something to tell of the event; if so, it is told, or there is more. */
  boolean add(Event event) {
    Optional<ScimEvent> told = tokens.told(receiver, event);
    if (told.isEmpty() || more) {
      return told.isPresent();
    }
    if (found.size() == most || characters > CHARACTERS) {
      more = true;
    } else {
      String token = tokens.token(receiver, told.get());
      characters += token.length();
      found.put(told.get().id().toString(), token);
    }
    return true;
  }

  /** Whether it is known that there is more. */
  boolean isFull() {
    return more;
  }

  /** Whether there may be more, and it is not too much to look at. */
  boolean isLooking() {
    return !more && !complete && !far && looked < LOOKED_MOST;
  }

  /** Behind which the next events are. */
  Position position() {
    return position;
  }

  /** Up to where nothing is told of what is behind the position of the receiver. */
  Position passed() {
    return passed;
  }

  /** With one more than is wanted it is known whether there is more; what tells nothing is many. */
  int pageSize() {
    return Math.min(PAGE, Math.max(most - found.size() + 1, looked));
  }

  PollAnswer answer() {
    return new PollAnswer(found, more || !complete);
  }
}
