package org.muster.signal;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Optional;
import org.muster.event.Event;
import org.muster.event.EventStore;
import org.muster.event.document.PastDocument;
import org.muster.storage.Buried;
import org.muster.storage.JsonDocument;
import org.muster.storage.StorageKey;
import org.muster.storage.StorageProvider;
import org.muster.storage.Stored;

/**
 * What documents were with their events. An event is mostly told soon, while the document is still
 * that; so what is stored is looked at first, and older events where that is another one. Only the
 * document itself, without links. Thread-safe.
 */
final class ResourceStates {
  private final StorageProvider storage;
  private final EventStore events;

  ResourceStates(StorageProvider storage, EventStore events) {
    this.storage = storage;
    this.events = events;
  }

  /** The document as the event left it, not to be changed; empty if that can't be told. */
  Optional<ObjectNode> after(Event event) {
    Optional<ObjectNode> own =
        event
            .recorded()
            .content()
            .map(content -> content.tree().get("document"))
            .filter(ObjectNode.class::isInstance)
            .map(ObjectNode.class::cast);
    return own.or(() -> stored(event)).or(() -> at(event.stream(), event.number()));
  }

  private Optional<ObjectNode> stored(Event event) {
    return storage
        .get(event.stream(), List.of())
        .filter(stored -> Optional.of(stored.version()).equals(event.recorded().version()))
        .map(stored -> stored.document().tree());
  }

  /** The document as it was before the event. */
  Optional<ObjectNode> before(Event event) {
    return event.number() == 1 ? Optional.empty() : at(event.stream(), event.number() - 1);
  }

  private Optional<ObjectNode> at(StorageKey stream, long number) {
    return PastDocument.at(events, stream, number).map(JsonDocument::tree);
  }

  /** The document as it is now or, if it is deleted, was last. */
  Optional<ObjectNode> latest(StorageKey key) {
    return storage
        .get(key, List.of())
        .map(Stored::document)
        .or(() -> storage.buried(key).flatMap(Buried::document))
        .map(JsonDocument::tree);
  }
}
