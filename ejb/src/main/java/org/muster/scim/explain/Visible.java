package org.muster.scim.explain;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import org.muster.scim.schema.Attribute;
import org.muster.scim.schema.Attribute.Mutability;
import org.muster.scim.schema.Attribute.Returned;
import org.muster.scim.schema.ResourceType;

/** A document with a mask for what is never returned. */
final class Visible {
  private Visible() {}

  /** A copy of a document in which nobody finds what answers do not show. */
  static ObjectNode of(ResourceType type, ObjectNode document) {
    ObjectNode copy = document.deepCopy();
    mask(type.schema().attributes(), copy);
    for (ResourceType.Extension extension : type.extensions()) {
      mask(extension.schema().attributes(), copy.path(extension.schema().id()));
    }
    return copy;
  }

  private static void mask(List<Attribute> attributes, JsonNode holder) {
    if (holder.isArray()) {
      holder.forEach(element -> mask(attributes, element));
    } else if (holder instanceof ObjectNode object) {
      for (Attribute attribute : attributes) {
        if (!object.has(attribute.name())) {
          continue;
        }
        if (isHidden(attribute)) {
          object.put(attribute.name(), Masked.MASK);
        } else {
          mask(attribute.subAttributes(), object.path(attribute.name()));
        }
      }
    }
  }

  private static boolean isHidden(Attribute attribute) {
    return attribute.returned() == Returned.NEVER
        || attribute.mutability() == Mutability.WRITE_ONLY;
  }
}
