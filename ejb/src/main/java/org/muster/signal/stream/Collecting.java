package org.muster.signal.stream;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.muster.event.Event;
import org.muster.receiver.Receiver;
import org.muster.signal.ScimEvent;

/** Collects the tokens of an answer. For one thread. */
final class Collecting {
  /** Characters of tokens after which an answer is long enough. */
  private static final long CHARACTERS = 4 << 20;

  private static final int PAGE = 100;

  private final StreamTokens tokens;
  private final Receiver receiver;
  private final int most;
  private final Map<String, String> found = new LinkedHashMap<>();
  private long characters;
  private boolean more;

  Collecting(StreamTokens tokens, Receiver receiver, int most) {
    this.tokens = tokens;
    this.receiver = receiver;
    this.most = most;
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

  boolean isEmpty() {
    return found.isEmpty() && !more;
  }

  /** With one more than is wanted it is known whether there is more. */
  int pageSize() {
    return Math.min(PAGE, most - found.size() + 1);
  }

  PollAnswer answer() {
    return new PollAnswer(found, more);
  }
}
