package org.muster.it.protocol;

import com.fasterxml.jackson.databind.JsonNode;
import org.muster.it.ScimResponse;

/** What the server answered, with short ways into its JSON. */
record Answer(ScimResponse response) {
  int status() {
    return response.status();
  }

  String body() {
    return response.text();
  }

  /** The header's value, empty if it is absent. */
  String header(String name) {
    return response.header(name);
  }

  String contentType() {
    return header("Content-Type");
  }

  JsonNode json() {
    return response.json();
  }

  JsonNode at(String pointer) {
    return json().at(pointer);
  }

  String text(String pointer) {
    return at(pointer).asText();
  }

  int number(String pointer) {
    return at(pointer).asInt(-1);
  }
}
