package org.muster.it;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.net.http.HttpHeaders;

/** An answer of the server. */
public record ScimResponse(int status, HttpHeaders headers, String text) {
  private static final ObjectMapper JSON = new ObjectMapper();

  /** The body as JSON; fails with the body if it is none. */
  public JsonNode json() {
    try {
      return JSON.readTree(text);
    } catch (JsonProcessingException e) {
      throw new AssertionError("Not JSON, with status " + status + ": " + text, e);
    }
  }

  /** A header's first value, or an empty text. */
  public String header(String name) {
    return headers.firstValue(name).orElse("");
  }

  /** This answer if it has the status; fails with the body otherwise. */
  public ScimResponse expect(int expected) {
    if (status != expected) {
      throw new AssertionError("Expected %d, got %d: %s".formatted(expected, status, text));
    }
    return this;
  }

  /** The {@code id} of the resource. */
  public String id() {
    return json().path("id").asText();
  }

  /** The ETag of the resource. */
  public String etag() {
    return header("ETag");
  }
}
