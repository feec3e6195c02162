package org.muster.receiver;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.muster.event.EventType;

/** How events get to a receiver. */
public enum Kind {
  /** A POST for each event, signed as Standard Webhooks says. */
  WEBHOOK("webhook"),
  /** A POST for each event, as a security event token (RFC 8935). */
  SET_PUSH("set-push"),
  /** The receiver fetches security event tokens itself (RFC 8936). */
  SET_POLL("set-poll");

  private final String word;

  Kind(String word) {
    this.word = word;
  }

  /** The name in stores, answers and metrics. */
  public String word() {
    return word;
  }

  /** Whether events are sent; otherwise they are fetched. */
  public boolean isPushed() {
    return this != SET_POLL;
  }

  /** Types of events that it tells of though no client could have noticed them in a resource. */
  public Set<EventType> more() {
    return this == WEBHOOK ? Set.of() : Set.of(EventType.ASYNC_RESPONDED);
  }

  /** The kind of that name. */
  public static Optional<Kind> of(String word) {
    return Arrays.stream(values()).filter(kind -> kind.word.equals(word)).findFirst();
  }

  /** All names. */
  public static List<String> words() {
    return Arrays.stream(values()).map(Kind::word).toList();
  }
}
