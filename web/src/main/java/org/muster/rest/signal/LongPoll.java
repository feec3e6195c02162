package org.muster.rest.signal;

import jakarta.servlet.AsyncContext;
import jakarta.servlet.AsyncEvent;
import jakarta.servlet.AsyncListener;
import jakarta.servlet.ServletResponse;
import java.io.IOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.muster.event.EventPage;
import org.muster.event.EventStore.Subscription;
import org.muster.feed.Streams;
import org.muster.scim.ScimException;
import org.muster.signal.stream.PollAnswer;

/**
 * A request that waits for something to tell (RFC 8936 section 2.2, RFC 6202 section 2). It is
 * answered by the thread of its subscription: when there is something, when its time is over, or
 * when the server stops.
 */
final class LongPoll implements Consumer<EventPage>, AsyncListener {
  private static final Logger LOG = System.getLogger(LongPoll.class.getName());

  /** For what is being looked for when the time is over. */
  private static final long GRACE_MILLIS = 30_000;

  private final Supplier<PollAnswer> look;
  private final Duration patience;
  private final long begunNanos = System.nanoTime();
  private final AtomicBoolean ended = new AtomicBoolean();
  private volatile boolean ending;
  private volatile @Nullable AsyncContext context;
  private volatile Streams.@Nullable Place place;
  private volatile @Nullable Subscription subscription;

  /**
   * A request that has not begun to wait.
   *
   * @param look finds what there is to tell
   */
  LongPoll(Supplier<PollAnswer> look, Duration patience) {
    this.look = look;
    this.patience = patience;
  }

  /** Writes an answer as a body. */
  static void write(ServletResponse response, PollAnswer answer) throws IOException {
    byte[] body = answer.text().getBytes(StandardCharsets.UTF_8);
    response.setContentLength(body.length);
    response.getOutputStream().write(body);
  }

  /**
   * Begins to wait.
   *
   * @param subscribe hands on what happens
   */
  void begin(
      AsyncContext asynchronous,
      Streams.Place taken,
      Function<Consumer<EventPage>, Subscription> subscribe) {
    context = asynchronous;
    place = taken;
    try {
      asynchronous.setTimeout(patience.toMillis() + GRACE_MILLIS);
      asynchronous.addListener(this);
      subscription = subscribe.apply(this);
    } catch (RuntimeException e) {
      leave();
      asynchronous.complete();
      throw e;
    }
    if (ended.get()) {
      closeSubscription();
    }
  }

  @Override
  public void accept(EventPage page) {
    boolean isOver = ending || System.nanoTime() - begunNanos >= patience.toNanos();
    if (ended.get() || (page.events().isEmpty() && !isOver)) {
      return;
    }
    PollAnswer answer = answer(isOver);
    // what it wants may be far between: then it has gone on for a while, and is asked again
    if (isOver || !answer.tokens().isEmpty() || answer.more()) {
      answer(answer);
    }
  }

  /** What there is; a failure is passed on as long as there is time to try again. */
  private PollAnswer answer(boolean isOver) {
    try {
      return look.get();
    } catch (ScimException e) {
      end(); // the stream is there no more; the next poll is told so
      return PollAnswer.NOTHING;
    } catch (RuntimeException e) {
      if (isOver) {
        LOG.log(Level.WARNING, "A stream could not be looked at", e);
        return PollAnswer.NOTHING;
      }
      throw e;
    }
  }

  private void answer(PollAnswer answer) {
    AsyncContext asynchronous = context;
    if (!leave() || asynchronous == null) {
      return;
    }
    try {
      write(asynchronous.getResponse(), answer);
    } catch (IOException | RuntimeException e) {
      LOG.log(Level.DEBUG, () -> "The client of a poll has gone: " + e);
    }
    try {
      asynchronous.complete();
    } catch (IllegalStateException e) {
      LOG.log(Level.DEBUG, "The container has ended the poll", e);
    }
  }

  /** Has the wait end soon; for any thread. */
  void end() {
    ending = true;
  }

  /** Gives up what is held; whether that was not done before. */
  private boolean leave() {
    if (ended.getAndSet(true)) {
      return false;
    }
    closeSubscription();
    Streams.Place taken = place;
    if (taken != null) {
      taken.close();
    }
    return true;
  }

  private void closeSubscription() {
    Subscription open = subscription;
    if (open != null) {
      open.close();
    }
  }

  @Override
  public void onTimeout(AsyncEvent event) {
    answer(PollAnswer.NOTHING);
  }

  @Override
  public void onError(AsyncEvent event) {
    leave();
  }

  @Override
  public void onComplete(AsyncEvent event) {
    leave();
  }

  @Override
  public void onStartAsync(AsyncEvent event) {
    // nobody does that again
  }
}
