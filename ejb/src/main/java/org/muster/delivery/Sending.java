package org.muster.delivery;

import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CountDownLatch;
import java.util.function.BooleanSupplier;
import org.muster.event.Event;
import org.muster.receiver.Receiver;

/**
 * Sends chains of events to one receiver, some at the same time. Begins no more when the receiver
 * wants no more, when so many fail one after the other as are under way together, or when it may
 * not go on.
 */
final class Sending {
  private static final Logger LOG = System.getLogger(Sending.class.getName());
  private final Transport transport;
  private final Receiver receiver;
  private final Meter meter;
  private final BooleanSupplier mayGoOn;
  private final int parallel;
  private final Queue<Chain> waiting;
  private final CountDownLatch through = new CountDownLatch(1);
  private int underWay;
  private int failuresInARow;
  private boolean isOver;
  private boolean isGone;

  Sending(
      Transport transport,
      Receiver receiver,
      List<Chain> chains,
      int parallel,
      Meter meter,
      BooleanSupplier mayGoOn) {
    this.transport = transport;
    this.receiver = receiver;
    this.waiting = new ArrayDeque<>(chains);
    this.parallel = parallel;
    this.meter = meter;
    this.mayGoOn = mayGoOn;
  }

  /** Returns when nothing is under way any more. */
  void run() throws InterruptedException {
    fill();
    try {
      through.await();
    } catch (InterruptedException e) {
      synchronized (this) {
        isOver = true;
      }
      throw e;
    }
  }

  /** Whether it ended before all was tried. */
  synchronized boolean isOver() {
    return isOver;
  }

  /** Whether the receiver wants no more. */
  synchronized boolean isGone() {
    return isGone;
  }

  private void fill() {
    Optional<Chain> next = take();
    while (next.isPresent()) {
      send(next.get());
      next = take();
    }
  }

  private synchronized Optional<Chain> take() {
    if (!mayGoOn.getAsBoolean()) {
      isOver = true;
    }
    if (isOver || waiting.isEmpty()) {
      if (underWay == 0) {
        through.countDown();
      }
      return Optional.empty();
    }
    if (underWay >= parallel) {
      return Optional.empty();
    }
    underWay++;
    return Optional.of(waiting.remove());
  }

  /** The next of a chain; by the thread that the one before was answered on. */
  private void send(Chain chain) {
    Optional<Event> next = mayGoOnWith(chain);
    if (next.isEmpty()) {
      leave();
      return;
    }
    long begin = System.nanoTime();
    sent(next.get())
        .whenComplete(
            (outcome, thrown) -> {
              record(chain, outcome == null ? failed() : outcome, begin);
              send(chain);
            });
  }

  private CompletionStage<Outcome> sent(Event event) {
    try {
      return transport.send(receiver, event);
    } catch (RuntimeException e) {
      LOG.log(Level.ERROR, "A transport of the kind " + receiver.kind().word() + " failed", e);
      return CompletableFuture.completedFuture(failed());
    }
  }

  private synchronized Optional<Event> mayGoOnWith(Chain chain) {
    if (!mayGoOn.getAsBoolean()) {
      isOver = true;
    }
    return isOver ? Optional.empty() : chain.next();
  }

  private synchronized void record(Chain chain, Outcome outcome, long begin) {
    chain.record(outcome);
    if (outcome instanceof Outcome.Skipped) {
      return;
    }
    failuresInARow = outcome instanceof Outcome.Failed ? failuresInARow + 1 : 0;
    isGone |= outcome instanceof Outcome.Gone;
    isOver |= isGone || failuresInARow >= parallel;
    meter.attempted(receiver.kind(), word(outcome), Duration.ofNanos(System.nanoTime() - begin));
  }

  private void leave() {
    synchronized (this) {
      underWay--;
    }
    fill();
  }

  private static Outcome failed() {
    return new Outcome.Failed("The event could not be sent", Optional.empty());
  }

  private static String word(Outcome outcome) {
    if (outcome instanceof Outcome.Delivered) {
      return "delivered";
    }
    if (outcome instanceof Outcome.Rejected) {
      return "rejected";
    }
    return outcome instanceof Outcome.Gone ? "gone" : "failed";
  }
}
