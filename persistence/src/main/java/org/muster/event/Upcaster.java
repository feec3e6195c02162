package org.muster.event;

import org.muster.storage.JsonDocument;

/** Turns the content of an old form into the next one, when it is read. */
public interface Upcaster {
  /** The type of event that it is for. */
  EventType type();

  /** The form that it reads; what it makes is of the next one. */
  int from();

  /** The content in the next form. */
  JsonDocument upcast(JsonDocument content);
}
