package org.muster.signal.stream;

import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.muster.event.EventFilter;
import org.muster.event.EventPage;
import org.muster.event.EventStore;
import org.muster.event.Position;
import org.muster.feed.Feed;
import org.muster.receiver.DeliveryLog;
import org.muster.receiver.Kind;
import org.muster.receiver.Note;
import org.muster.receiver.Progress;
import org.muster.receiver.Receiver;
import org.muster.receiver.ReceiverId;
import org.muster.receiver.Settlement;
import org.muster.scim.ScimException;
import org.muster.storage.StorageException;

/**
 * Streams that are polled (RFC 8936). A receiver is given what it has not acknowledged, in the
 * order in which it happened, again and again until it does. All up to the position of the receiver
 * is acknowledged; what is not, though what came later is, is noted beside it. Thread-safe.
 */
public final class Polling {
  /** Nobody else delivers to a receiver that polls. */
  static final String HOLDER = "";

  private static final Logger LOG = System.getLogger(Polling.class.getName());
  private static final int ATTEMPTS = 5;

  private final DeliveryLog log;
  private final Writes writes;
  private final EventStore events;
  private final StreamTokens tokens;
  private final Duration patience;
  private final Clock clock;

  /** Where changes become transactions. */
  public interface Writes {
    /** Keeps what came of a poll; committed when the call returns. */
    void settle(ReceiverId id, String holder, Settlement settlement);
  }

  /**
   * Polling of the receivers of a log.
   *
   * @param patience how long a request waits for something to tell
   */
  Polling(
      DeliveryLog log,
      Writes writes,
      EventStore events,
      StreamTokens tokens,
      Duration patience,
      Clock clock) {
    this.log = log;
    this.writes = writes;
    this.events = events;
    this.tokens = tokens;
    this.patience = patience;
    this.clock = clock;
  }

  /** How long a request waits for something to tell. */
  public Duration patience() {
    return patience;
  }

  /**
   * Takes what a receiver says of tokens that it got, and gives it those that it has not
   * acknowledged; does not wait for any.
   *
   * @throws ScimException 404 if there is no such stream, 503 if others poll it at the same time
   */
  public PollAnswer poll(ReceiverId id, PollRequest request) {
    for (int attempt = 1; ; attempt++) {
      try {
        if (request.isTelling()) {
          acknowledge(id, request);
        }
        return outstanding(id, request.most());
      } catch (StorageException.Conflict e) {
        if (attempt == ATTEMPTS) {
          throw new ScimException(503, "The stream is polled too often at the same time");
        }
      }
    }
  }

  private void acknowledge(ReceiverId id, PollRequest request) {
    Progress progress = progress(id);
    Instant now = clock.instant();
    Acknowledging told = new Acknowledging(request, tokens, progress.receiver(), now);
    for (Note note : notes(id, now)) {
      told.noted(note, Noted.event(events, note));
    }
    EventFilter filter = Feed.filter(progress.receiver());
    Position position = progress.position();
    boolean complete = false;
    while (told.isLooking() && !complete) {
      EventPage page = events.after(position, filter, Acknowledging.PAGE);
      page.events().forEach(told::seen);
      position = page.next();
      complete = page.complete();
    }
    if (told.hasChanged()) {
      settle(progress, told.settlement(progress, now));
    }
  }

  /** What a stream has for its receiver, as far as it has not acknowledged it. */
  public PollAnswer outstanding(ReceiverId id, int most) {
    Progress progress = progress(id);
    Receiver receiver = progress.receiver();
    if (!receiver.isEnabled()) {
      return PollAnswer.NOTHING;
    }
    Instant now = clock.instant();
    Collecting found = new Collecting(tokens, receiver, most, progress.position());
    List<Note> gone = new ArrayList<>();
    for (Note note : notes(id, now)) {
      if (found.isFull()) {
        break;
      }
      Noted.event(events, note)
          .filter(found::add)
          .ifPresentOrElse(event -> {}, () -> gone.add(note));
    }
    EventFilter filter = Feed.filter(receiver);
    while (found.isLooking()) {
      found.add(events.after(found.position(), filter, found.pageSize()));
    }
    if (!found.passed().equals(progress.position()) || !gone.isEmpty()) {
      passOver(progress, found.passed(), gone, now);
    }
    return found.answer();
  }

  /** Spares the next poll a look; whoever was faster has done more. */
  private void passOver(Progress progress, Position to, List<Note> gone, Instant now) {
    try {
      settle(progress, Acknowledging.settlement(progress, to, gone, now));
    } catch (StorageException.Conflict e) {
      LOG.log(Level.DEBUG, "A stream is polled by others at the same time", e);
    }
  }

  /**
   * Hands over what happens from now on that concerns a stream.
   *
   * @see EventStore#subscribe
   */
  public EventStore.Subscription follow(ReceiverId id, Consumer<EventPage> subscriber) {
    Progress progress = progress(id);
    return events.subscribe(progress.position(), Feed.filter(progress.receiver()), subscriber);
  }

  private Progress progress(ReceiverId id) {
    return log.find(id)
        .filter(progress -> progress.receiver().kind() == Kind.SET_POLL)
        .orElseThrow(() -> ScimException.notFound("There is no such stream"));
  }

  private List<Note> notes(ReceiverId id, Instant now) {
    return log.due(id, now, PollRequest.MOST, PollRequest.MOST);
  }

  private void settle(Progress progress, Settlement settlement) {
    writes.settle(progress.receiver().id(), HOLDER, settlement);
  }
}
