package org.muster.scim.discovery;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import org.muster.storage.JsonDocument;

/**
 * The schemas of discovery's own resources (RFC 7643 section 8.7.2, RFC 9865 section 4). They are
 * kept as JSON, since a schema has complex attributes within complex ones, which resources have
 * not.
 */
final class ServiceSchemas {
  private static final String FILE = "/scim/service-schemas.json";
  private static final List<ObjectNode> ALL = read();

  private ServiceSchemas() {}

  /** The schemas, without meta; the caller may change them. */
  static List<ObjectNode> all() {
    return ALL.stream().map(ObjectNode::deepCopy).toList();
  }

  private static List<ObjectNode> read() {
    try (InputStream in = ServiceSchemas.class.getResourceAsStream(FILE)) {
      if (in == null) {
        throw new IllegalStateException(FILE + " is missing in the build");
      }
      List<ObjectNode> schemas = new ArrayList<>();
      for (JsonNode schema : JsonDocument.MAPPER.readTree(in)) {
        schemas.add((ObjectNode) schema);
      }
      return List.copyOf(schemas);
    } catch (IOException e) {
      throw new IllegalStateException(FILE + " can't be read", e);
    }
  }
}
