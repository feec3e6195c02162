package org.muster.scim.bulk;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.HashSet;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.muster.kernel.Folding;
import org.muster.scim.ScimException;
import org.muster.storage.JsonDocument;

/** Copies one operation after the other from a request into its spool. */
final class OperationReader {
  private static final Map<String, String> MEMBERS =
      Map.of(
          "method", "method",
          "bulkid", "bulkId",
          "path", "path",
          "version", "version",
          "data", "data");
  private static final int LONGEST_ID = 255;

  private final BulkLimits limits;
  private final BulkRequest request;
  private String method = "";
  private String bulkId = "";
  private Ints needs = new Ints();

  OperationReader(BulkLimits limits, BulkRequest request) {
    this.limits = limits;
    this.request = request;
  }

  /** Copies the object at whose start the parser is. */
  void read(JsonParser json) throws IOException {
    method = "";
    bulkId = "";
    needs = new Ints();
    Buffer record = new Buffer();
    try (JsonGenerator out = JsonDocument.MAPPER.getFactory().createGenerator(record)) {
      out.writeStartObject();
      members(json, out, record);
      out.writeEndObject();
    }
    if (method.equalsIgnoreCase(Operation.POST) && !bulkId.isEmpty()) {
      request.define(bulkId);
    }
    request.add(record.bytes(), record.size(), needs);
  }

  private void members(JsonParser json, JsonGenerator out, Buffer record) throws IOException {
    Set<String> seen = new HashSet<>();
    while (json.nextToken() != JsonToken.END_OBJECT) {
      String name = MEMBERS.get(json.currentName().toLowerCase(Locale.ROOT));
      json.nextToken();
      if (name == null) {
        json.skipChildren();
        continue;
      }
      if (!seen.add(name)) {
        throw ScimException.badRequest(
            ScimException.Type.INVALID_SYNTAX,
            place() + " has " + name + " more than once; names are the same in any case");
      }
      note(name, json);
      out.writeFieldName(name);
      copy(json, out, record, name.equals("data"));
    }
  }

  private void note(String name, JsonParser json) throws IOException {
    if (json.currentToken() != JsonToken.VALUE_STRING) {
      return;
    }
    switch (name) {
      case "method" -> method = json.getText();
      case "bulkId" -> bulkId = bulkId(json.getText());
      case "path" -> OperationPath.bulkId(json.getText()).ifPresent(this::need);
      default -> {}
    }
  }

  private String bulkId(String text) {
    if (text.length() > LONGEST_ID) {
      throw ScimException.badRequest(
          ScimException.Type.INVALID_VALUE,
          place() + " has a bulkId of more than " + LONGEST_ID + " characters");
    }
    return text;
  }

  /** Copies a value, token by token, so that none is too large to be looked at. */
  private void copy(JsonParser json, JsonGenerator out, Buffer record, boolean data)
      throws IOException {
    int depth = 0;
    do {
      JsonToken token = json.currentToken();
      depth += token.isStructStart() ? 1 : token.isStructEnd() ? -1 : 0;
      if (token.isNumeric()) {
        out.writeNumber(json.getText()); // as it stands, whatever its precision
      } else {
        check(json, token, data);
        out.copyCurrentEvent(json);
      }
      if (record.size() + out.getOutputBuffered() > limits.maxOperationBytes()) {
        throw ScimException.tooLarge(
            place() + " is larger than " + limits.maxOperationBytes() + " bytes");
      }
    } while (depth > 0 && json.nextToken() != null);
  }

  private void check(JsonParser json, JsonToken token, boolean data) throws IOException {
    if (token != JsonToken.VALUE_STRING && token != JsonToken.FIELD_NAME) {
      return;
    }
    String text = json.getText();
    if (!Folding.isStorable(text)) {
      throw ScimException.badRequest(
          ScimException.Type.INVALID_VALUE,
          place() + " holds U+0000 or half of a surrogate pair in a text");
    }
    if (data && token == JsonToken.VALUE_STRING) {
      String name = json.currentName();
      References.find(name == null ? "" : name, text, this::need);
    }
  }

  /** A request can't define more names than it may have operations; others take memory alone. */
  private void need(String name) {
    if (name.length() > LONGEST_ID) { // nobody defines it
      return;
    }
    needs.add(request.name(name));
    if (request.names() > 2L * limits.maxOperations()) {
      throw ScimException.badRequest(
          ScimException.Type.INVALID_VALUE,
          "The bulk request refers to more than "
              + limits.maxOperations()
              + " bulkIds that it does not define");
    }
  }

  private String place() {
    return "Operations[" + request.size() + "]";
  }

  /** The bytes of an operation, without a copy of them. */
  private static final class Buffer extends ByteArrayOutputStream {
    byte[] bytes() {
      return buf;
    }
  }
}
