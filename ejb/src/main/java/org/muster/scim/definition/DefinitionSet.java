package org.muster.scim.definition;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.InputStream;
import java.util.Optional;
import java.util.function.BiConsumer;
import org.muster.access.Definition.Kind;
import org.muster.storage.JsonDocument;

/** A set of definitions that comes with Muster. */
final class DefinitionSet {
  private static final String DEVICES = "devices";

  private final JsonNode json;

  private DefinitionSet(JsonNode json) {
    this.json = json;
  }

  /** The names of all sets, for a message. */
  static String names() {
    return DEVICES;
  }

  /** The set of that name: "devices" is RFC 9944. */
  static Optional<DefinitionSet> of(String name) {
    return name.equals(DEVICES)
        ? Optional.of(new DefinitionSet(read("/scim/sets/devices.json")))
        : Optional.empty();
  }

  /** Hands over all definitions, those first that others rely on. */
  void forEach(BiConsumer<Kind, ObjectNode> consumer) {
    json.path("schemas").forEach(each -> consumer.accept(Kind.SCHEMA, (ObjectNode) each));
    json.path("resourceTypes")
        .forEach(each -> consumer.accept(Kind.RESOURCE_TYPE, (ObjectNode) each));
  }

  private static JsonNode read(String name) {
    try (InputStream in = DefinitionSet.class.getResourceAsStream(name)) {
      if (in == null) {
        throw new IllegalStateException(name + " is missing in the build");
      }
      return JsonDocument.MAPPER.readTree(in);
    } catch (IOException e) {
      throw new IllegalStateException(name + " can't be read", e);
    }
  }
}
