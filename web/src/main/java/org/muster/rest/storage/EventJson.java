package org.muster.rest.storage;

import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.io.StringWriter;
import org.muster.event.Event;
import org.muster.event.EventPage;
import org.muster.feed.EventItem;
import org.muster.storage.JsonDocument;

/** Pages of events as JSON. */
final class EventJson {
  private EventJson() {}

  /** A page. */
  static String page(EventPage page) throws IOException {
    StringWriter text = new StringWriter();
    try (JsonGenerator json = JsonDocument.MAPPER.createGenerator(text)) {
      json.writeStartObject();
      json.writeArrayFieldStart("items");
      for (Event event : page.events()) {
        EventItem.write(event, json);
      }
      json.writeEndArray();
      json.writeStringField("next", page.next().toString());
      json.writeBooleanField("complete", page.complete());
      json.writeEndObject();
    }
    return text.toString();
  }
}
