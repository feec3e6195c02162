package org.muster.delivery.admin;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Map;
import org.muster.storage.JsonDocument;

/** Merge patches (RFC 7396). */
final class MergePatch {
  private MergePatch() {}

  /** The object with what the patch says of it; the given one is changed. */
  static ObjectNode apply(ObjectNode target, ObjectNode patch) {
    for (Map.Entry<String, JsonNode> member : patch.properties()) {
      String name = member.getKey();
      JsonNode value = member.getValue();
      if (value.isNull()) {
        target.remove(name);
      } else if (value instanceof ObjectNode changes) {
        ObjectNode part =
            target.get(name) instanceof ObjectNode object
                ? object
                : JsonDocument.MAPPER.createObjectNode();
        target.set(name, apply(part, changes));
      } else {
        target.set(name, value);
      }
    }
    return target;
  }
}
