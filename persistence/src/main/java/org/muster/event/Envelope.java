package org.muster.event;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.io.JsonStringEncoder;
import com.fasterxml.jackson.databind.JsonNode;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.muster.kernel.Origin;
import org.muster.storage.JsonDocument;
import org.muster.storage.StorageException;

/**
 * The part of an event that may be personal, as bytes: where it came from, but for the actor, and
 * its content. Four bytes of length (big-endian), so many of the origin as JSON, then the content
 * as JSON, in UTF-8.
 */
public final class Envelope {
  private static final int HEAD = Integer.BYTES;
  private static final byte[] NOTHING = {};

  private Envelope() {}

  /** The bytes of an event that has a content. */
  public static byte[] of(Recorded recorded) {
    byte[] origin = origin(recorded.origin());
    byte[] content = recorded.content().orElseThrow().text().getBytes(StandardCharsets.UTF_8);
    return ByteBuffer.allocate(HEAD + origin.length + content.length)
        .putInt(origin.length)
        .put(origin)
        .put(content)
        .array();
  }

  /**
   * An event with what is in the bytes.
   *
   * @param recorded has the actor alone as its origin
   * @param bytes empty if they can't be read any more
   */
  public static Recorded opened(Recorded recorded, Optional<byte[]> bytes) {
    if (bytes.isEmpty()) {
      return recorded;
    }
    ByteBuffer buffer = ByteBuffer.wrap(bytes.get());
    if (buffer.remaining() < HEAD) {
      throw corrupt(null);
    }
    int length = buffer.getInt();
    if (length < 0 || length > buffer.remaining()) {
      throw corrupt(null);
    }
    Origin origin = origin(recorded.origin().actor(), text(bytes.get(), HEAD, length));
    String content = text(bytes.get(), HEAD + length, buffer.remaining() - length);
    return new Recorded(
        recorded.id(),
        recorded.type(),
        recorded.schema(),
        recorded.version(),
        recorded.time(),
        origin,
        Optional.of(JsonDocument.ofKeptText(content)));
  }

  private static String text(byte[] bytes, int start, int length) {
    return new String(bytes, start, length, StandardCharsets.UTF_8);
  }

  private static byte[] origin(Origin origin) {
    StringBuilder json = new StringBuilder();
    add(json, "client", origin.client());
    add(json, "userAgent", origin.userAgent());
    add(json, "requestId", origin.requestId());
    add(json, "address", origin.address());
    return json.isEmpty() ? NOTHING : json.append('}').toString().getBytes(StandardCharsets.UTF_8);
  }

  private static void add(StringBuilder json, String name, Optional<String> value) {
    if (value.isPresent()) {
      json.append(json.isEmpty() ? "{\"" : ",\"").append(name).append("\":\"");
      JsonStringEncoder.getInstance().quoteAsString(value.get(), json);
      json.append('"');
    }
  }

  private static Origin origin(String actor, String text) {
    if (text.isEmpty()) {
      return Origin.of(actor);
    }
    try {
      JsonNode json = JsonDocument.MAPPER.readTree(text);
      return new Origin(
          actor,
          member(json, "client"),
          member(json, "userAgent"),
          member(json, "requestId"),
          member(json, "address"));
    } catch (JsonProcessingException e) {
      throw corrupt(e);
    }
  }

  private static Optional<String> member(JsonNode json, String name) {
    return json.has(name) ? Optional.of(json.get(name).asText()) : Optional.empty();
  }

  private static StorageException corrupt(@Nullable Exception cause) {
    return cause == null
        ? new StorageException.Corrupt("A stored event can't be read")
        : new StorageException.Corrupt("A stored event can't be read", cause);
  }
}
