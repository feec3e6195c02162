package org.muster.feed;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Optional;
import org.muster.event.Event;
import org.muster.event.EventType;
import org.muster.event.Recorded;
import org.muster.kernel.Origin;
import org.muster.storage.JsonDocument;

/** An event as JSON, as it is shown outside: an item of the change feed, the body of a webhook. */
public final class EventItem {
  private static final List<String> SHOWN = List.of("document", "changes", "relation", "targets");

  private EventItem() {}

  /**
   * One event, on one line.
   *
   * @param isFull with what was changed; else without the member {@code content}
   */
  public static String text(Event event, boolean isFull) {
    StringWriter text = new StringWriter();
    try (JsonGenerator json = JsonDocument.MAPPER.createGenerator(text)) {
      write(event, isFull, json);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    // Within a text of JSON a line break is escaped.
    return text.toString().replace('\n', ' ').replace('\r', ' ');
  }

  /** Writes one event, with what was changed. */
  public static void write(Event event, JsonGenerator json) throws IOException {
    write(event, true, json);
  }

  private static void write(Event event, boolean isFull, JsonGenerator json) throws IOException {
    Recorded recorded = event.recorded();
    json.writeStartObject();
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
    } else if (isFull) {
      json.writeFieldName("content");
      write(recorded.type(), recorded.content().get(), json);
    }
    json.writeEndObject();
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
