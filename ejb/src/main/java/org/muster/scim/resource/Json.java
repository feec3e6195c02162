package org.muster.scim.resource;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonFactoryBuilder;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.StreamWriteFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.OutputStream;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;

/** How JSON is written to clients. */
final class Json {
  /** An empty object; not to be changed. */
  static final ObjectNode EMPTY = new JsonMapper().createObjectNode();

  private static final JsonFactory FACTORY =
      new JsonFactoryBuilder()
          .disable(StreamWriteFeature.AUTO_CLOSE_TARGET)
          .disable(StreamWriteFeature.FLUSH_PASSED_TO_STREAM)
          .build();
  private static final JsonMapper MAPPER =
      JsonMapper.builder(FACTORY).disable(SerializationFeature.FLUSH_AFTER_WRITE_VALUE).build();
  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss.SSS'Z'").withZone(ZoneOffset.UTC);

  private Json() {}

  /** A generator of UTF-8; closing it leaves {@code out} open. */
  static JsonGenerator to(OutputStream out) throws IOException {
    return FACTORY.createGenerator(out);
  }

  static void write(JsonGenerator json, JsonNode value) throws IOException {
    MAPPER.writeTree(json, value);
  }

  /** A time as SCIM has it, with milliseconds. */
  static String time(Instant instant) {
    return TIME.format(instant);
  }
}
