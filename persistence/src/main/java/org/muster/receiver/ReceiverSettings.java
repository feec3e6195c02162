package org.muster.receiver;

import java.net.URI;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import org.muster.event.EventType;
import org.muster.storage.JsonDocument;

/**
 * What an administrator chooses for a receiver, but for its state and secrets.
 *
 * @param endpoint where events are sent; empty if they are fetched
 * @param collections of these collections; none for all
 * @param types of these types; none for all that a client could have noticed
 * @param description for people
 * @param options what its kind understands besides
 */
public record ReceiverSettings(
    Optional<URI> endpoint,
    Set<String> collections,
    Set<EventType> types,
    Content content,
    Optional<String> description,
    JsonDocument options) {

  /** How much of an event the receiver gets. */
  public enum Content {
    /** With what was changed. */
    FULL,
    /** Only that something was changed, and where; the receiver asks for the rest. */
    NOTICE;

    private final String word = name().toLowerCase(Locale.ROOT);

    /** The name in stores and answers. */
    public String word() {
      return word;
    }
  }

  public ReceiverSettings {
    collections = Set.copyOf(collections);
    types = Set.copyOf(types);
  }
}
