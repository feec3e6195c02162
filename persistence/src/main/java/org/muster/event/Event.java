package org.muster.event;

import org.muster.storage.StorageKey;

/**
 * Something that happened to a document, as it is stored; never changed.
 *
 * @param position its place among all events
 * @param stream the document that it happened to, be it live or not
 * @param number its place among the events of the document, from 1 on and without holes
 */
public record Event(Position position, StorageKey stream, long number, Recorded recorded) {
  /** What kind of thing happened. */
  public EventType type() {
    return recorded.type();
  }
}
