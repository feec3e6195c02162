package org.muster.delivery;

import java.util.concurrent.CompletionStage;
import org.muster.event.Event;
import org.muster.receiver.Kind;
import org.muster.receiver.Receiver;

/**
 * Sends events to receivers of one kind. Thread-safe. Every stage completes within a bounded time
 * and without an exception: what goes wrong is an {@link Outcome}. The caller keeps the order and
 * repeats what fails.
 */
public interface Transport {
  /** Which receivers it serves. */
  Kind kind();

  /**
   * Refuses a receiver that it can't serve, before that is stored.
   *
   * @throws org.muster.scim.ScimException 400 that says what to change
   */
  void check(Receiver receiver);

  /** Sends one event; it may have been sent before. */
  CompletionStage<Outcome> send(Receiver receiver, Event event);

  /** Sends something that only shows that the receiver can be reached. */
  CompletionStage<Outcome> ping(Receiver receiver);
}
