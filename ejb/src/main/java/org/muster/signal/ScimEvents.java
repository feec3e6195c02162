package org.muster.signal;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Optional;
import org.muster.event.Event;
import org.muster.event.EventStore;
import org.muster.receiver.ReceiverSettings.Content;
import org.muster.scim.schema.ResourceType;
import org.muster.scim.schema.ResourceTypes;
import org.muster.storage.JsonDocument;
import org.muster.storage.StorageProvider;

/**
 * Tells events of the store as SCIM events (RFC 9967 section 2). Nothing is told that a response of
 * the service would not show. Thread-safe.
 */
public final class ScimEvents {
  private final ResourceTypes types;
  private final ResourceStates states;

  /** Tells events of a store of resources. */
  public ScimEvents(ResourceTypes types, StorageProvider storage, EventStore events) {
    this.types = types;
    this.states = new ResourceStates(storage, events);
  }

  static ObjectNode object() {
    return JsonDocument.MAPPER.createObjectNode();
  }

  /**
   * The SCIM event of an event.
   *
   * @param content how much of the resource is told
   * @return empty if there is nothing to tell: no client could have noticed it, or its content was
   *     erased
   */
  public Optional<ScimEvent> of(Event event, Content content) {
    if (event.stream().collection().equals(AsyncResponses.COLLECTION)) {
      return AsyncResponses.told(event);
    }
    return types
        .byName(event.stream().tenant(), event.stream().collection())
        .flatMap(type -> new Telling(types, states, type, event, content).told());
  }

  /** The path of a resource behind the base URL. */
  static String uri(ResourceType type, String id) {
    return "/" + type.endpoint() + "/" + id;
  }

  /** What was changed at once has the same version, and nothing else ever has. */
  static String transaction(Event event) {
    return event
        .recorded()
        .version()
        .map(Object::toString)
        .orElseGet(() -> event.recorded().id().toString());
  }

  static ArrayNode array(Iterable<? extends Object> texts) {
    ArrayNode array = JsonDocument.MAPPER.createArrayNode();
    texts.forEach(text -> array.add(text.toString()));
    return array;
  }

  static Optional<String> text(JsonNode parent, String name) {
    return Optional.ofNullable(parent.path(name).textValue());
  }
}
