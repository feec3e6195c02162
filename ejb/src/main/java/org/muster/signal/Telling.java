package org.muster.signal;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.Collection;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.muster.event.Event;
import org.muster.event.EventType;
import org.muster.receiver.ReceiverSettings.Content;
import org.muster.scim.projection.Projection;
import org.muster.scim.projection.Selection;
import org.muster.scim.schema.Attribute;
import org.muster.scim.schema.AttributePath;
import org.muster.scim.schema.ResourceType;
import org.muster.scim.schema.ResourceTypes;

/** Tells one event of a resource. For one thread. */
final class Telling {
  private static final String ACTIVE = "active";

  private final ResourceTypes types;
  private final ResourceStates states;
  private final ResourceType type;
  private final Event event;
  private final Content content;
  private final Projection projection;
  private final Map<EventUri, ObjectNode> payloads = new EnumMap<>(EventUri.class);

  Telling(
      ResourceTypes types, ResourceStates states, ResourceType type, Event event, Content content) {
    this.types = types;
    this.states = states;
    this.type = type;
    this.event = event;
    this.content = content;
    this.projection = Projection.of(type, Selection.DEFAULT);
  }

  /** The SCIM event; empty if there is nothing to tell. */
  Optional<ScimEvent> told() {
    if (event.type() == EventType.DELETED) {
      // told of an erased resource too: it is gone, and that is all that is said
      payloads.put(EventUri.DELETE, ScimEvents.object());
      return made(states.latest(event.stream()));
    }
    return event.recorded().content().flatMap(recorded -> told(recorded.tree()));
  }

  private Optional<ScimEvent> told(ObjectNode recorded) {
    return switch (event.type()) {
      case CREATED, RESTORED -> states.after(event).flatMap(this::created);
      case REPLACED, PATCHED -> changed(recorded);
      case MEMBERSHIP_ADDED, MEMBERSHIP_REMOVED -> linked(recorded);
      default -> Optional.empty();
    };
  }

  /** RFC 9967 section 2.4.1; who was restored joins those who are told of, as the created do. */
  private Optional<ScimEvent> created(ObjectNode after) {
    if (content == Content.FULL) {
      put(EventUri.CREATE_FULL).set("data", shown(after));
    } else {
      List<String> names = new ArrayList<>(List.of("id"));
      AttributeChanges.ofStates(type, projection, ScimEvents.object(), after)
          .forEach(path -> names.add(path.toString()));
      put(EventUri.CREATE_NOTICE).set("attributes", ScimEvents.array(names));
    }
    return made(Optional.of(after));
  }

  /** RFC 9967 sections 2.4.2 and 2.4.3. */
  private Optional<ScimEvent> changed(ObjectNode recorded) {
    Optional<ObjectNode> after = states.after(event);
    Collection<AttributePath> changes =
        recorded.get("changes") instanceof ArrayNode patch
            ? AttributeChanges.ofPatch(type, projection, patch)
            : AttributeChanges.ofStates(
                type,
                projection,
                states.before(event).orElseGet(ScimEvents::object),
                after.orElseGet(ScimEvents::object));
    boolean patch = event.type() == EventType.PATCHED || type.hasLinkLists();
    if (content == Content.NOTICE || after.isEmpty() || (patch && changes.isEmpty())) {
      // what was changed without being seen, as a password, has changed the version at least
      put(patch ? EventUri.PATCH_NOTICE : EventUri.PUT_NOTICE)
          .set(
              "attributes",
              changes.isEmpty() ? ScimEvents.array(List.of("meta")) : ScimEvents.array(changes));
    } else if (patch) {
      put(EventUri.PATCH_FULL).set("data", PatchData.of(changes, projection.apply(after.get())));
    } else {
      put(EventUri.PUT_FULL).set("data", shown(after.get()));
    }
    changes.stream()
        .filter(Telling::isActive)
        .findFirst()
        .flatMap(path -> after.map(resource -> resource.path(ACTIVE)))
        .filter(JsonNode::isBoolean)
        .ifPresent(active -> put(active.asBoolean() ? EventUri.ACTIVATE : EventUri.DEACTIVATE));
    return made(after);
  }

  private static boolean isActive(AttributePath path) {
    return path.extension().isEmpty()
        && path.attribute().name().equals(ACTIVE)
        && path.attribute().type() == Attribute.Type.BOOLEAN;
  }

  /** Links, as members of a group, are told as the PATCH that changes them. */
  private Optional<ScimEvent> linked(ObjectNode recorded) {
    Optional<AttributePath> path = LinkPaths.of(type, recorded.path("relation").asText());
    if (path.filter(projection::shows).isEmpty()) {
      return Optional.empty();
    }
    Map<PatchData.Target, String> targets =
        LinkPaths.targets(types, event.stream().tenant(), recorded.path("targets"));
    if (content == Content.NOTICE) {
      put(EventUri.PATCH_NOTICE)
          .set("attributes", ScimEvents.array(List.of(path.get().toString())));
    } else {
      put(EventUri.PATCH_FULL)
          .set(
              "data",
              event.type() == EventType.MEMBERSHIP_ADDED
                  ? PatchData.added(path.get(), targets)
                  : PatchData.removed(path.get(), targets));
    }
    return made(states.latest(event.stream()));
  }

  /** A payload with the version that the event gave the resource (RFC 9967 section 2.2). */
  private ObjectNode put(EventUri uri) {
    ObjectNode payload = ScimEvents.object();
    if (uri != EventUri.ACTIVATE && uri != EventUri.DEACTIVATE) {
      version().ifPresent(version -> payload.put("version", version));
    }
    payloads.put(uri, payload);
    return payload;
  }

  private Optional<String> version() {
    return event.recorded().version().map(version -> "W/\"" + version + "\"");
  }

  /** The representation, as a response has it, but for links and what depends on the base URL. */
  private ObjectNode shown(ObjectNode document) {
    ObjectNode resource = ScimEvents.object();
    resource.set("schemas", document.path("schemas").deepCopy());
    resource.put("id", event.stream().id());
    projection.apply(document).properties().forEach(m -> resource.set(m.getKey(), m.getValue()));
    ObjectNode meta = resource.putObject("meta").put("resourceType", type.name());
    if (event.type() == EventType.CREATED) {
      meta.put("created", event.recorded().time().toString());
    }
    meta.put("lastModified", event.recorded().time().toString());
    version().ifPresent(version -> meta.put("version", version));
    return resource;
  }

  private Optional<ScimEvent> made(Optional<ObjectNode> resource) {
    Optional<String> externalId = resource.flatMap(node -> ScimEvents.text(node, "externalId"));
    boolean erased = event.recorded().content().isEmpty();
    return Optional.of(
        new ScimEvent(
            event.recorded().id(),
            new ScimEvent.Subject(
                ScimEvents.uri(type, event.stream().id()), externalId.filter(id -> !erased)),
            ScimEvents.transaction(event),
            event.recorded().time(),
            payloads));
  }
}
