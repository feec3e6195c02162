package org.muster.rest.storage;

import jakarta.servlet.AsyncContext;
import jakarta.servlet.AsyncEvent;
import jakarta.servlet.AsyncListener;
import jakarta.servlet.ServletOutputStream;
import java.io.IOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.muster.event.Event;
import org.muster.event.EventPage;
import org.muster.event.EventStore.Subscription;
import org.muster.event.Position;
import org.muster.feed.EventJson;
import org.muster.feed.FeedSettings;
import org.muster.feed.Streams;

/**
 * One stream of server-sent events. It is written to by the thread of its subscription alone, and
 * ends when its time is over, when its client has gone, or when the server stops.
 */
final class EventStream implements Consumer<EventPage>, AsyncListener {
  static final String MEDIA_TYPE = "text/event-stream";

  private static final Logger LOG = System.getLogger(EventStream.class.getName());

  /** Milliseconds after which a client comes back when its stream has ended. */
  private static final int RETRY_MILLIS = 500;

  /** For what is being written when the time is over. */
  private static final long GRACE_MILLIS = 30_000;

  private final FeedSettings settings;
  private final EventJson json;
  private final long begunNanos = System.nanoTime();
  private final AtomicReference<State> state = new AtomicReference<>(State.OPEN);
  private volatile @Nullable AsyncContext context;
  private volatile Streams.@Nullable Place place;
  private volatile @Nullable Subscription subscription;

  // of the thread of the subscription
  private long writtenNanos = begunNanos;

  private enum State {
    OPEN,
    /** No more is written; what is being written may be under way. */
    ENDING,
    ENDED
  }

  EventStream(FeedSettings settings, EventJson json) {
    this.settings = settings;
    this.json = json;
  }

  /**
   * Begins to send.
   *
   * @param subscribe hands on, behind {@code start}, what is to be sent
   */
  void begin(
      AsyncContext asynchronous,
      Streams.Place taken,
      Position start,
      Function<Consumer<EventPage>, Subscription> subscribe)
      throws IOException {
    context = asynchronous;
    place = taken;
    try {
      asynchronous.setTimeout(settings.life().toMillis() + GRACE_MILLIS);
      asynchronous.addListener(this);
      // An id from the first line on: who comes back without having seen an event begins here.
      write("retry: " + RETRY_MILLIS + "\nid: " + start + "\n\n");
      subscription = subscribe.apply(this);
    } catch (IOException | RuntimeException e) {
      finish();
      throw e;
    }
    if (state.get() != State.OPEN) {
      closeSubscription();
    }
  }

  @Override
  public void accept(EventPage page) {
    if (state.get() != State.OPEN || isOver()) {
      finish();
      return;
    }
    try {
      if (!page.events().isEmpty()) {
        write(text(page));
      } else if (System.nanoTime() - writtenNanos >= settings.heartbeat().toNanos()) {
        // how far it is, though there is nothing to tell
        write(":\nid: " + page.next() + "\n\n");
      }
    } catch (IOException | RuntimeException e) {
      LOG.log(Level.DEBUG, () -> "The client of a stream of events has gone: " + e);
      finish();
    }
  }

  private boolean isOver() {
    return System.nanoTime() - begunNanos >= settings.life().toNanos();
  }

  private String text(EventPage page) throws IOException {
    StringBuilder text = new StringBuilder();
    for (Event event : page.events()) {
      text.append("id: ")
          .append(event.position())
          .append("\nevent: ")
          .append(event.type().word())
          .append("\ndata: ")
          .append(json.item(event))
          .append("\n\n");
    }
    return text.toString();
  }

  private void write(String text) throws IOException {
    AsyncContext asynchronous = context;
    if (asynchronous == null) {
      throw new IOException("The stream has not begun");
    }
    ServletOutputStream out = asynchronous.getResponse().getOutputStream();
    out.write(text.getBytes(StandardCharsets.UTF_8));
    out.flush();
    writtenNanos = System.nanoTime();
  }

  /** Has the stream end soon; for any thread. */
  void end() {
    state.compareAndSet(State.OPEN, State.ENDING);
  }

  /** Ends the stream; nobody writes any more. */
  private void finish() {
    if (state.getAndSet(State.ENDED) == State.ENDED) {
      return;
    }
    closeSubscription();
    release();
    AsyncContext asynchronous = context;
    if (asynchronous != null) {
      try {
        asynchronous.complete();
      } catch (IllegalStateException e) {
        LOG.log(Level.DEBUG, "The container has ended the stream", e);
      }
    }
  }

  private void closeSubscription() {
    Subscription open = subscription;
    if (open != null) {
      open.close();
    }
  }

  private void release() {
    Streams.Place taken = place;
    if (taken != null) {
      taken.close();
    }
  }

  @Override
  public void onTimeout(AsyncEvent event) {
    finish();
  }

  @Override
  public void onError(AsyncEvent event) {
    finish();
  }

  @Override
  public void onComplete(AsyncEvent event) {
    if (state.getAndSet(State.ENDED) != State.ENDED) {
      closeSubscription();
      release();
    }
  }

  @Override
  public void onStartAsync(AsyncEvent event) {
    // nobody does that again
  }
}
