package org.muster.delivery;

import java.time.Duration;
import java.util.Optional;

/** What came of sending one event. */
public sealed interface Outcome {
  /** The receiver has it. */
  record Delivered() implements Outcome {}

  /** There is nothing to send; that says nothing about the receiver. */
  record Skipped() implements Outcome {}

  /**
   * The receiver has answered that it does not take this event.
   *
   * @param isPermanent whether it never will; otherwise it is asked some more times
   * @param why for people, without a secret or anything personal
   */
  record Rejected(boolean isPermanent, String why) implements Outcome {}

  /**
   * The receiver can't be reached, or can't take anything now.
   *
   * @param why for people, without a secret or anything personal
   * @param retryAfter how long it wants to be left alone, if it says so
   */
  record Failed(String why, Optional<Duration> retryAfter) implements Outcome {}

  /**
   * The receiver wants no more events at all.
   *
   * @param why for people, without a secret or anything personal
   */
  record Gone(String why) implements Outcome {}
}
