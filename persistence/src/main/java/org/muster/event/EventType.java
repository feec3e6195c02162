package org.muster.event;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/** What kind of thing happened. */
public enum EventType {
  /** A document was created, or created anew after it was deleted. */
  CREATED,
  /** A document was written as a whole. */
  REPLACED,
  /** A part of a document was changed. */
  PATCHED,
  /** A document was deleted; the links that led from it ended with it. */
  DELETED,
  /** A deleted document was brought back. */
  RESTORED,
  /** What was left of a deleted document was removed for good. */
  PURGED,
  /** Links from the document to others were added, for instance members of a group. */
  MEMBERSHIP_ADDED,
  /** Links from the document to others were removed. */
  MEMBERSHIP_REMOVED,
  /** The keys that a document is searched by were computed anew; nobody sees a difference. */
  REINDEXED,
  /** A definition, schema or resource type, was made. */
  SCHEMA_REGISTERED,
  /** A definition was changed or removed. */
  SCHEMA_CHANGED,
  /** A request that its client did not wait for was done, or failed (RFC 9967 section 2.5.1.3). */
  ASYNC_RESPONDED;

  private final String word = name().toLowerCase(Locale.ROOT).replace('_', '-');

  /** The name in stores and answers, for instance {@code membership-added}. */
  public String word() {
    return word;
  }

  /** The type of that name. */
  public static Optional<EventType> of(String word) {
    for (EventType type : values()) {
      if (type.word.equals(word)) {
        return Optional.of(type);
      }
    }
    return Optional.empty();
  }

  /** The types that are wanted. */
  public static Set<EventType> where(Predicate<EventType> wanted) {
    return Arrays.stream(values()).filter(wanted).collect(Collectors.toUnmodifiableSet());
  }

  /** Whether a client could have noticed it in a resource. */
  public boolean isVisible() {
    return this != REINDEXED && this != ASYNC_RESPONDED;
  }

  /** Whether it tells of a document, rather than of a definition or a request. */
  public boolean isOfDocument() {
    return this != SCHEMA_REGISTERED && this != SCHEMA_CHANGED && this != ASYNC_RESPONDED;
  }
}
