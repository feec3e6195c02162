package org.muster.feed;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.io.StringWriter;
import java.util.List;
import java.util.Optional;
import org.muster.event.Event;
import org.muster.event.EventPage;
import org.muster.event.EventType;
import org.muster.event.Recorded;
import org.muster.kernel.Origin;
import org.muster.storage.JsonDocument;

/** Events as JSON, for whoever is told of them. */
public final class EventJson {
  private static final List<String> SHOWN =
      List.of("document", "changes", "relation", "targets", "removed");

  private EventJson() {}

  /** A page. */
  public static String page(EventPage page) throws IOException {
    StringWriter text = new StringWriter();
    try (JsonGenerator json = JsonDocument.MAPPER.createGenerator(text)) {
      json.writeStartObject();
      json.writeArrayFieldStart("items");
      for (Event event : page.events()) {
        write(event, json);
      }
      json.writeEndArray();
      json.writeStringField("next", page.next().toString());
      json.writeBooleanField("complete", page.complete());
      json.writeEndObject();
    }
    return text.toString();
  }

  /**
   * A page of the history of a document.
   *
   * @param next the cursor of the next page, if there is one
   */
  public static String history(List<Event> events, Optional<String> next) throws IOException {
    StringWriter text = new StringWriter();
    try (JsonGenerator json = JsonDocument.MAPPER.createGenerator(text)) {
      json.writeStartObject();
      json.writeArrayFieldStart("items");
      for (Event event : events) {
        write(event, json);
      }
      json.writeEndArray();
      member(json, "nextCursor", next);
      json.writeEndObject();
    }
    return text.toString();
  }

  /** One event, on one line. */
  public static String item(Event event) throws IOException {
    StringWriter text = new StringWriter();
    try (JsonGenerator json = JsonDocument.MAPPER.createGenerator(text)) {
      write(event, json);
    }
    // Within a text of JSON a line break is escaped.
    return text.toString().replace('\n', ' ').replace('\r', ' ');
  }

  /** One event, on one line, without what was changed. */
  public static String notice(Event event) throws IOException {
    StringWriter text = new StringWriter();
    try (JsonGenerator json = JsonDocument.MAPPER.createGenerator(text)) {
      json.writeStartObject();
      head(event, json);
      json.writeEndObject();
    }
    return text.toString();
  }

  private static void write(Event event, JsonGenerator json) throws IOException {
    json.writeStartObject();
    head(event, json);
    if (event.recorded().content().isPresent()) {
      json.writeFieldName("content");
      write(event.type(), event.recorded().content().get(), json);
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

  /** What a client can do something with; but all of what only stores care for. */
  private static void write(EventType type, JsonDocument content, JsonGenerator json)
      throws IOException {
    if (!type.isVisible()) {
      json.writeRawValue(content.text());
      return;
    }
    json.writeStartObject();
    for (String name : SHOWN) {
      JsonNode part = content.tree().get(name);
      if (part != null) {
        json.writeFieldName(name);
        json.writeTree(part);
      }
    }
    json.writeEndObject();
  }

  private static void member(JsonGenerator json, String name, Optional<String> text)
      throws IOException {
    if (text.isPresent()) {
      json.writeStringField(name, text.get());
    }
  }
}
