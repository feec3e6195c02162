package org.muster.scim.bulk;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.ByteArrayOutputStream;
import java.io.Closeable;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import org.muster.scim.ScimException;
import org.muster.scim.resource.Representation;
import org.muster.scim.resource.Written;
import org.muster.storage.JsonDocument;

/**
 * What became of the operations of a request: a BulkResponse (RFC 7644 section 3.7.3), in the order
 * of the request. Spooled; to be closed when nobody wants it any more. Counts can be read by any
 * thread at any time, the response when all is done.
 */
public final class BulkResults implements Representation.Body, Closeable {
  private static final byte[] HEAD =
      "{\"schemas\":[\"urn:ietf:params:scim:api:messages:2.0:BulkResponse\"],\"Operations\":["
          .getBytes(StandardCharsets.US_ASCII);
  private static final byte[] FOOT = "]}".getBytes(StandardCharsets.US_ASCII);
  private static final String ERROR = "urn:ietf:params:scim:api:messages:2.0:Error";

  private final Spool spool;
  private final int size;
  private final Places places = new Places();
  private final AtomicInteger done = new AtomicInteger();
  private final AtomicInteger errors = new AtomicInteger();

  BulkResults(Spool spool, int size) {
    this.spool = spool;
    this.size = size;
  }

  /** How many operations the request has. */
  public int size() {
    return size;
  }

  /** How many operations were done, or tried to be. */
  public int done() {
    return done.get();
  }

  /** How many of them failed. */
  public int errors() {
    return errors.get();
  }

  void succeeded(Operation operation, Written written) {
    add(
        operation.number(),
        json -> {
          json.writeStringField("location", written.location());
          writeName(json, operation);
          Optional<String> etag = written.etag();
          if (etag.isPresent()) {
            json.writeStringField("version", "W/\"" + etag.get() + "\"");
          }
          json.writeStringField("status", status(operation, written));
        });
  }

  private static String status(Operation operation, Written written) {
    if (operation.method().equals(Operation.POST)) {
      return "201";
    }
    return written.etag().isPresent() ? "200" : "204";
  }

  void failed(Operation operation, Optional<String> location, ScimException failure) {
    errors.incrementAndGet();
    add(
        operation.number(),
        json -> {
          if (location.isPresent()) {
            json.writeStringField("location", location.get());
          }
          writeName(json, operation);
          json.writeStringField("status", Integer.toString(failure.status()));
          writeResponse(json, failure);
        });
  }

  private static void writeName(JsonGenerator json, Operation operation) throws IOException {
    json.writeStringField("method", operation.method());
    if (operation.bulkId().isPresent()) {
      json.writeStringField("bulkId", operation.bulkId().get());
    }
  }

  private static void writeResponse(JsonGenerator json, ScimException failure) throws IOException {
    json.writeObjectFieldStart("response");
    json.writeArrayFieldStart("schemas");
    json.writeString(ERROR);
    json.writeEndArray();
    if (failure.type().isPresent()) {
      json.writeStringField("scimType", failure.type().get().keyword());
    }
    json.writeStringField("detail", String.valueOf(failure.getMessage()));
    json.writeStringField("status", Integer.toString(failure.status()));
    json.writeEndObject();
  }

  /** Writes the members of a result. */
  @FunctionalInterface
  private interface Members {
    void write(JsonGenerator json) throws IOException;
  }

  private void add(int operation, Members members) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream(256);
    try (JsonGenerator json = JsonDocument.MAPPER.getFactory().createGenerator(bytes)) {
      json.writeStartObject();
      members.write(json);
      json.writeEndObject();
    } catch (IOException e) {
      throw new UncheckedIOException("Memory can always be written", e);
    }
    byte[] record = bytes.toByteArray();
    places.set(operation, spool.append(record, record.length), record.length);
    done.incrementAndGet();
  }

  /** Whether there is a result of an operation. */
  boolean has(int operation) {
    return places.length(operation) > 0;
  }

  /** What came of an operation; empty as long as it was not done. */
  Optional<ObjectNode> result(int operation) {
    int length = places.length(operation);
    return length == 0
        ? Optional.empty()
        : Optional.of(
            JsonDocument.ofText(
                    new String(spool.read(places.place(operation), length), StandardCharsets.UTF_8))
                .tree());
  }

  @Override
  public void writeTo(OutputStream out) throws IOException {
    out.write(HEAD);
    boolean first = true;
    for (int operation = 0; operation < size; operation++) {
      int length = places.length(operation);
      if (length > 0) {
        if (!first) {
          out.write(',');
        }
        out.write(spool.read(places.place(operation), length));
        first = false;
      }
    }
    out.write(FOOT);
  }

  /** To be called when all is done and the response will be kept for a while. */
  void settle() {
    spool.settle();
  }

  @Override
  public void close() {
    spool.close();
  }
}
