package org.muster.event;

import org.muster.storage.JsonDocument;

/**
 * Makes the next form of an older form of an event's content, when it is read; what is stored stays
 * as it is. Stateless.
 */
public interface Upcaster {
  /** Of which events. */
  EventType type();

  /** The form that it takes; what it makes is the form after that. */
  int from();

  /** The content in the next form. */
  JsonDocument raise(JsonDocument content);
}
