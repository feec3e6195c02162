package org.muster.scim.bulk;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.Reader;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.HashSet;
import java.util.Locale;
import java.util.Set;
import org.muster.scim.JsonFaults;
import org.muster.scim.ScimException;
import org.muster.storage.JsonDocument;

/**
 * Reads a bulk request (RFC 7644 section 3.7) as it arrives: strict UTF-8 and JSON, operations one
 * after the other into the spool. What is wrong with the request as a whole is told before any
 * operation is done; what is wrong with one operation is told by its result.
 */
final class BulkReader {
  static final String BULK_REQUEST = "urn:ietf:params:scim:api:messages:2.0:BulkRequest";
  private static final char BYTE_ORDER_MARK = '\uFEFF';

  private final BulkLimits limits;
  private final BulkRequest request;
  private final OperationReader operations;
  private boolean named;
  private boolean listed;

  BulkReader(BulkLimits limits, BulkRequest request) {
    this.limits = limits;
    this.request = request;
    this.operations = new OperationReader(limits, request);
  }

  /** Reads all of a body into the request; leaves the stream open. */
  void read(InputStream in) {
    try (JsonParser json = JsonDocument.MAPPER.getFactory().createParser(text(in))) {
      json.disable(JsonParser.Feature.AUTO_CLOSE_SOURCE);
      read(json);
    } catch (CharacterCodingException e) {
      throw syntax("The body is not UTF-8 text");
    } catch (JsonProcessingException e) {
      throw JsonFaults.of(e);
    } catch (IOException e) {
      throw new ScimException(400, "The body did not arrive to its end");
    }
  }

  private static Reader text(InputStream in) throws IOException {
    Reader text =
        new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8.newDecoder()));
    text.mark(1);
    if (text.read() != BYTE_ORDER_MARK) {
      text.reset();
    }
    return text;
  }

  private void read(JsonParser json) throws IOException {
    JsonToken first = json.nextToken();
    if (first != JsonToken.START_OBJECT) {
      throw syntax(
          first == null
              ? "The body is empty; it must be a JSON object"
              : "The body must be a JSON object, not another JSON value");
    }
    Set<String> seen = new HashSet<>();
    while (json.nextToken() != JsonToken.END_OBJECT) {
      member(json, seen);
    }
    if (json.nextToken() != null) {
      throw syntax("The body has more than one JSON value");
    }
    if (!named) {
      throw syntax("schemas must be an array that contains " + BULK_REQUEST);
    }
    if (!listed) {
      throw syntax("Operations must be an array of operations");
    }
  }

  /** Members that the RFC does not know are ignored, as in other messages. */
  private void member(JsonParser json, Set<String> seen) throws IOException {
    String name = json.currentName().toLowerCase(Locale.ROOT);
    json.nextToken();
    switch (name) {
      case "schemas" -> schemas(json);
      case "failonerrors" -> failOnErrors(json);
      case "operations" -> operations(json);
      default -> {
        json.skipChildren();
        return;
      }
    }
    if (!seen.add(name)) {
      throw syntax(name + " is there more than once; names are the same in any case");
    }
  }

  private void schemas(JsonParser json) throws IOException {
    if (!json.isExpectedStartArrayToken()) {
      json.skipChildren();
      return;
    }
    while (json.nextToken() != JsonToken.END_ARRAY) {
      named |=
          json.currentToken() == JsonToken.VALUE_STRING
              && json.getText().equalsIgnoreCase(BULK_REQUEST);
      json.skipChildren();
    }
  }

  private void failOnErrors(JsonParser json) throws IOException {
    if (json.currentToken() == JsonToken.VALUE_NULL) {
      return;
    }
    boolean number = json.currentToken() == JsonToken.VALUE_NUMBER_INT;
    if (!number || json.getBigIntegerValue().signum() < 1) {
      throw ScimException.badRequest(
          ScimException.Type.INVALID_VALUE, "failOnErrors must be a whole number from 1");
    }
    boolean fits = json.getBigIntegerValue().bitLength() < Integer.SIZE;
    request.failOnErrors(fits ? json.getIntValue() : Integer.MAX_VALUE);
  }

  private void operations(JsonParser json) throws IOException {
    if (!json.isExpectedStartArrayToken()) {
      throw syntax("Operations must be an array of operations");
    }
    listed = true;
    while (json.nextToken() != JsonToken.END_ARRAY) {
      if (request.size() == limits.maxOperations()) {
        throw ScimException.tooLarge(
            "The bulk request has more than "
                + limits.maxOperations()
                + " operations (maxOperations); send several");
      }
      if (json.currentToken() != JsonToken.START_OBJECT) {
        throw syntax("Operations[" + request.size() + "] must be an object");
      }
      operations.read(json);
    }
  }

  private static ScimException syntax(String detail) {
    return ScimException.badRequest(ScimException.Type.INVALID_SYNTAX, detail);
  }
}
