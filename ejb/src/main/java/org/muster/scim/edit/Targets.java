package org.muster.scim.edit;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import org.muster.scim.filter.FilterEvaluation;
import org.muster.scim.filter.PatchPath;
import org.muster.scim.schema.Attribute;
import org.muster.scim.schema.Attribute.Mutability;

/** Counts what the path of a PATCH operation selects. */
final class Targets {
  private Targets() {}

  /** How many values of a document that is; -1 if they are kept elsewhere. */
  static int count(ObjectNode document, PatchPath.OfAttribute target) {
    Attribute attribute = target.path().attribute();
    if (attribute.link().isPresent() || attribute.mutability() == Mutability.WRITE_ONLY) {
      return -1;
    }
    JsonNode holder = target.path().extension().map(document::path).orElse(document);
    JsonNode values = holder.path(attribute.name());
    if (values.isMissingNode()) {
      return 0;
    }
    var selected = target.filter().map(FilterEvaluation::elementTest).orElse(value -> true);
    int count = 0;
    for (JsonNode value : ValueLists.asArray(values)) {
      boolean has = target.path().sub().map(sub -> value.has(sub.name())).orElse(true);
      // With a filter it is the element that is found, whether or not it has the sub-attribute.
      if (selected.test(value) && (has || target.filter().isPresent())) {
        count++;
      }
    }
    return count;
  }
}
