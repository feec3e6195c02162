package org.muster.it.launcher;

import java.io.ByteArrayInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Reads the spans of an ExportTraceServiceRequest (OpenTelemetry protocol 1.0) from its protobuf
 * encoding; of all fields those that the tests look at.
 */
final class OtlpSpans {
  private static final int VARINT = 0;
  private static final int FIXED64 = 1;
  private static final int BYTES = 2;
  private static final int FIXED32 = 5;
  private static final long STATUS_ERROR = 2;

  private OtlpSpans() {}

  /** A field of a message: bytes, in hexadecimal, or a number. */
  private record Field(int number, String hex, long value) {
    byte[] bytes() {
      return HexFormat.of().parseHex(hex);
    }

    String text() {
      return new String(bytes(), StandardCharsets.UTF_8);
    }

    List<Field> fields() throws IOException {
      return message(new ByteArrayInputStream(bytes()));
    }
  }

  static List<SpanReceiver.Span> of(InputStream request) throws IOException {
    List<SpanReceiver.Span> spans = new ArrayList<>();
    for (Field resourceSpans : all(message(request), 1)) {
      for (Field scopeSpans : all(resourceSpans.fields(), 2)) {
        for (Field span : all(scopeSpans.fields(), 2)) {
          spans.add(span(span.fields()));
        }
      }
    }
    return spans;
  }

  private static SpanReceiver.Span span(List<Field> fields) throws IOException {
    Map<String, String> attributes = new TreeMap<>();
    for (Field attribute : all(fields, 9)) {
      String key = first(attribute.fields(), 1).text();
      Field value = first(first(attribute.fields(), 2).fields(), 0);
      attributes.put(key, value.number() == 1 ? value.text() : Long.toString(value.value()));
    }
    boolean failed = false;
    for (Field status : all(fields, 15)) {
      for (Field code : all(status.fields(), 3)) {
        failed |= code.value() == STATUS_ERROR;
      }
    }
    List<Field> parent = all(fields, 4);
    return new SpanReceiver.Span(
        first(fields, 1).hex(),
        first(fields, 2).hex(),
        parent.isEmpty() ? "" : parent.get(0).hex(),
        first(fields, 5).text(),
        attributes,
        failed);
  }

  private static List<Field> all(List<Field> fields, int number) {
    return fields.stream().filter(field -> field.number() == number).toList();
  }

  /** The first field of a number; of any with 0. */
  private static Field first(List<Field> fields, int number) {
    return fields.stream()
        .filter(field -> number == 0 || field.number() == number)
        .findFirst()
        .orElseThrow();
  }

  private static List<Field> message(InputStream in) throws IOException {
    List<Field> fields = new ArrayList<>();
    for (long tag = varint(in); tag >= 0; tag = varint(in)) {
      int number = (int) (tag >>> 3);
      switch ((int) (tag & 7)) {
        case VARINT -> fields.add(new Field(number, "", varint(in)));
        case FIXED64 -> fields.add(new Field(number, bytes(in, 8), 0));
        case BYTES -> fields.add(new Field(number, bytes(in, (int) varint(in)), 0));
        case FIXED32 -> fields.add(new Field(number, bytes(in, 4), 0));
        default -> throw new IOException("Not protobuf: tag " + tag);
      }
    }
    return fields;
  }

  /** A number; -1 at the end of the message. */
  private static long varint(InputStream in) throws IOException {
    long value = 0;
    for (int shift = 0; shift < 64; shift += 7) {
      int next = in.read();
      if (next < 0) {
        if (shift == 0) {
          return -1;
        }
        throw new EOFException();
      }
      value |= (long) (next & 0x7f) << shift;
      if (next < 0x80) {
        return value;
      }
    }
    throw new IOException("Not protobuf: a number without end");
  }

  private static String bytes(InputStream in, int length) throws IOException {
    byte[] bytes = in.readNBytes(length);
    if (bytes.length < length) {
      throw new EOFException();
    }
    return HexFormat.of().formatHex(bytes);
  }
}
