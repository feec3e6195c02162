package org.muster.rest.request;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.muster.kernel.Folding;
import org.muster.rest.error.Failure;
import org.muster.scim.JsonFaults;
import org.muster.scim.ScimException;
import org.muster.storage.JsonDocument;

/** Reads a body that must be one JSON object: bounded, strict UTF-8, no key twice, not too deep. */
public final class JsonBody {
  private static final char BYTE_ORDER_MARK = '\uFEFF';
  private final int bytesMost;

  /**
   * A reader.
   *
   * @param bytesMost the longest body
   */
  public JsonBody(int bytesMost) {
    this.bytesMost = bytesMost;
  }

  /**
   * Reads a body.
   *
   * @param length what Content-Length says; negative if unknown
   * @throws ScimException 400 with line and column where it is no JSON object
   * @throws Failure.Refusal 413; the rest of the body is not read; 400 if it does not arrive
   */
  public ObjectNode read(InputStream in, long length) {
    String text = decode(BoundedBody.read(in, length, bytesMost));
    ObjectNode object = parse(text);
    if (text.indexOf('\\') >= 0) { // only an escape can bring in what UTF-8 could not
      requireStorable(object);
    }
    return object;
  }

  private static String decode(byte[] bytes) {
    try {
      String text = StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
      return !text.isEmpty() && text.charAt(0) == BYTE_ORDER_MARK ? text.substring(1) : text;
    } catch (CharacterCodingException e) {
      throw invalid("The body is not UTF-8 text");
    }
  }

  private static ObjectNode parse(String text) {
    try {
      JsonNode node = JsonDocument.MAPPER.readTree(text);
      if (node instanceof ObjectNode object) {
        return object;
      }
      throw invalid(
          node == null || node.isMissingNode()
              ? "The body is empty; it must be a JSON object"
              : "The body must be a JSON object, not another JSON value");
    } catch (JsonProcessingException e) {
      throw JsonFaults.of(e);
    }
  }

  private static void requireStorable(JsonNode node) {
    if (node.isTextual()) {
      requireStorable(node.textValue());
    }
    if (node.isObject()) {
      for (Map.Entry<String, JsonNode> field : node.properties()) {
        requireStorable(field.getKey());
        requireStorable(field.getValue());
      }
    } else {
      node.forEach(JsonBody::requireStorable);
    }
  }

  private static void requireStorable(String text) {
    if (!Folding.isStorable(text)) {
      throw ScimException.badRequest(
          ScimException.Type.INVALID_VALUE,
          "A text of the body holds U+0000 or half of a surrogate pair");
    }
  }

  private static ScimException invalid(String detail) {
    return ScimException.badRequest(ScimException.Type.INVALID_SYNTAX, detail);
  }
}
