package org.muster.feed;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.StringWriter;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.muster.event.Event;
import org.muster.event.EventPage;
import org.muster.event.Recorded;
import org.muster.event.document.DocumentState;
import org.muster.kernel.Origin;
import org.muster.scim.projection.Disclosure;
import org.muster.scim.schema.ResourceTypes;
import org.muster.storage.JsonDocument;
import org.muster.storage.StorageKey;

/**
 * Events as JSON, for whoever is told of them: the change feed, histories, audit exports,
 * receivers, message brokers. Here it is that attributes are held back which may not be told.
 * Thread-safe.
 */
public final class EventJson {
  private final ResourceTypes types;

  /**
   * Events of resources.
   *
   * @param types say what may be told of them
   */
  public EventJson(ResourceTypes types) {
    this.types = types;
  }

  /** A page. */
  public String page(EventPage page) throws IOException {
    return text(
        json -> {
          json.writeStartObject();
          items(page.events(), json);
          json.writeStringField("next", page.next().toString());
          json.writeBooleanField("complete", page.complete());
          json.writeEndObject();
        });
  }

  /**
   * A page of the history of a document.
   *
   * @param next the cursor of the next page, if there is one
   */
  public String history(List<Event> events, Optional<String> next) throws IOException {
    return text(
        json -> {
          json.writeStartObject();
          items(events, json);
          member(json, "nextCursor", next);
          json.writeEndObject();
        });
  }

  /** One event, on one line. */
  public String item(Event event) throws IOException {
    // Within a text of JSON a line break is escaped.
    return text(json -> write(event, json)).replace('\n', ' ').replace('\r', ' ');
  }

  /** One event, on one line, without what was changed. */
  public String notice(Event event) throws IOException {
    return text(
        json -> {
          json.writeStartObject();
          head(event, json);
          json.writeEndObject();
        });
  }

  private interface Body {
    void write(JsonGenerator json) throws IOException;
  }

  private static String text(Body body) throws IOException {
    StringWriter text = new StringWriter();
    try (JsonGenerator json = JsonDocument.MAPPER.createGenerator(text)) {
      body.write(json);
    }
    return text.toString();
  }

  private void items(List<Event> events, JsonGenerator json) throws IOException {
    json.writeArrayFieldStart("items");
    for (Event event : events) {
      write(event, json);
    }
    json.writeEndArray();
  }

  private void write(Event event, JsonGenerator json) throws IOException {
    json.writeStartObject();
    head(event, json);
    if (event.recorded().content().isPresent()) {
      json.writeFieldName("content");
      write(event, event.recorded().content().get(), json);
    }
    json.writeEndObject();
  }

  private static void head(Event event, JsonGenerator json) throws IOException {
    Recorded recorded = event.recorded();
    json.writeStringField("id", recorded.id().toString());
    json.writeStringField("position", event.position().toString());
    json.writeStringField("collection", event.stream().collection());
    json.writeStringField("resourceId", event.stream().id());
    json.writeNumberField("number", event.number());
    json.writeStringField("type", event.type().word());
    member(json, "version", recorded.version().map(Object::toString));
    json.writeStringField("time", recorded.time().toString());
    Origin origin = recorded.origin();
    json.writeStringField("actor", origin.actor());
    member(json, "client", origin.client());
    member(json, "userAgent", origin.userAgent());
    member(json, "requestId", origin.requestId());
    member(json, "address", origin.address());
    if (recorded.content().isEmpty()) {
      json.writeBooleanField("erased", true);
    }
  }

  /** What a client can do something with and may know; nothing of what only stores care for. */
  private void write(Event event, JsonDocument content, JsonGenerator json) throws IOException {
    if (!event.type().isOfDocument()) {
      json.writeRawValue(content.text());
      return;
    }
    ObjectNode tree = content.tree();
    Disclosure disclosure = disclosure(event.stream());
    json.writeStartObject();
    if (tree.get("document") instanceof ObjectNode document) {
      part(json, "document", disclosure.document(document));
    }
    if (tree.get("changes") instanceof ArrayNode changes) {
      part(json, "changes", disclosure.changes(changes));
    }
    part(json, "relation", tree.get("relation"));
    part(json, "targets", tree.get("targets"));
    json.writeEndObject();
  }

  /** What begins with a dollar sign is no resource, but a definition. */
  private ObjectNode told(StorageKey key, ObjectNode document) {
    return key.collection().startsWith("$") ? document : disclosure(key).document(document);
  }

  private Disclosure disclosure(StorageKey key) {
    return types
        .byName(key.tenant(), key.collection())
        .map(Disclosure::of)
        .orElse(Disclosure.NOTHING);
  }

  private static void part(JsonGenerator json, String name, @Nullable JsonNode part)
      throws IOException {
    if (part != null) {
      json.writeFieldName(name);
      json.writeTree(part);
    }
  }

  /** What a document was. */
  public ObjectNode state(DocumentState state) {
    ObjectNode json = JsonDocument.MAPPER.createObjectNode();
    json.put("collection", state.key().collection());
    json.put("resourceId", state.key().id());
    json.put("number", state.number());
    state.version().ifPresent(version -> json.put("version", version.toString()));
    json.put("created", state.created().toString());
    json.put("modified", state.modified().toString());
    json.put("state", state.presence().name().toLowerCase(Locale.ROOT));
    state
        .document()
        .map(document -> told(state.key(), document.tree()))
        .ifPresent(document -> json.set("document", document));
    ObjectNode links = json.putObject("links");
    state
        .links()
        .forEach(
            (relation, targets) ->
                targets.forEach(
                    target ->
                        links
                            .withObject("/" + relation)
                            .withArrayProperty(target.collection())
                            .add(target.id())));
    return json;
  }

  private static void member(JsonGenerator json, String name, Optional<String> text)
      throws IOException {
    if (text.isPresent()) {
      json.writeStringField(name, text.get());
    }
  }
}
