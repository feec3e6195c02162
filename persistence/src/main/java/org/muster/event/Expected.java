package org.muster.event;

/** What a stream must be like for events to be appended to it. */
public sealed interface Expected {
  /** Anything goes. */
  record Any() implements Expected {}

  /** It has no event. */
  record None() implements Expected {}

  /** Its last event has this number. */
  record Exact(long number) implements Expected {
    public Exact {
      if (number < 1) {
        throw new IllegalArgumentException("Events are numbered from 1 on");
      }
    }
  }
}
