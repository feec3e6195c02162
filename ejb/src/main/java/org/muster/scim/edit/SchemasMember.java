package org.muster.scim.edit;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import org.muster.scim.ScimException;
import org.muster.scim.edit.PatchRequest.Op;
import org.muster.scim.policy.Leniency;
import org.muster.scim.policy.Switch;
import org.muster.scim.schema.ResourceType;
import org.muster.scim.schema.ResourceType.Extension;

/**
 * The member {@code schemas} (RFC 7643 section 3). A client must name the core schema and may name
 * extensions of the resource type; what is stored follows from the data alone.
 */
final class SchemasMember {
  private SchemasMember() {}

  /** Refuses a body whose schemas do not fit the resource type. */
  static void check(ResourceType type, JsonNode schemas) {
    boolean core = false;
    if (schemas.isArray()) {
      for (JsonNode urn : schemas) {
        core |= checkUrn(type, urn);
      }
    }
    if (!core) {
      throw ScimException.badRequest(
          ScimException.Type.INVALID_SYNTAX,
          "schemas must be an array that contains " + type.schema().id());
    }
  }

  /** Refuses what is no URN of the resource type; true if it is that of the core schema. */
  static boolean checkUrn(ResourceType type, JsonNode urn) {
    if (!urn.isTextual()) {
      throw ScimException.badRequest(
          ScimException.Type.INVALID_SYNTAX, "schemas must be an array of strings");
    }
    if (urn.textValue().equalsIgnoreCase(type.schema().id())) {
      return true;
    }
    Names.extension(type, urn.textValue());
    return false;
  }

  /**
   * The URNs without those of other types, and with that of the core schema, if that is allowed.
   */
  static JsonNode completed(ResourceType type, JsonNode schemas, Leniency leniency) {
    JsonNode known = known(type, schemas, leniency);
    String core = type.schema().id();
    for (JsonNode urn : known) {
      if (urn.isTextual() && urn.textValue().equalsIgnoreCase(core)) {
        return known;
      }
    }
    return known instanceof ArrayNode array
            && leniency.coerces(Switch.SCHEMAS_OPTIONAL, Names.SCHEMAS, core + " was added")
        ? array.deepCopy().add(core)
        : known;
  }

  /** The URNs without those that the resource type does not have, if that is allowed. */
  static JsonNode known(ResourceType type, JsonNode schemas, Leniency leniency) {
    if (!schemas.isArray() || !leniency.allows(Switch.IGNORE_UNKNOWN)) {
      return schemas;
    }
    ArrayNode known = JsonNodeFactory.instance.arrayNode(schemas.size());
    for (JsonNode urn : schemas) {
      if (!isUnknown(type, urn)
          || !leniency.coerces(
              Switch.IGNORE_UNKNOWN, Names.SCHEMAS, "an unknown schema was ignored")) {
        known.add(urn);
      }
    }
    return known.size() == schemas.size() ? schemas : known;
  }

  private static boolean isUnknown(ResourceType type, JsonNode urn) {
    return urn.isTextual()
        && !urn.textValue().equalsIgnoreCase(type.schema().id())
        && type.extension(urn.textValue()).isEmpty();
  }

  /** Refuses a PATCH of schemas that names unknown ones or would leave none. */
  static void checkPatch(ResourceType type, Op op, JsonNode value) {
    if (op == Op.REMOVE
        || value.isNull()
        || (op == Op.REPLACE && value.isEmpty() && value.isArray())) {
      throw new Place(null, Names.SCHEMAS)
          .mutability("can't be removed; it follows from the data of the resource");
    }
    for (JsonNode urn : ValueLists.asArray(value)) {
      if (!urn.isTextual()) {
        throw new Place(null, Names.SCHEMAS).invalidValue("must be an array of strings");
      }
      checkUrn(type, urn);
    }
  }

  /** The core schema, then the extensions that the document has data of. */
  static ArrayNode of(ResourceType type, ObjectNode document) {
    ArrayNode schemas = JsonNodeFactory.instance.arrayNode();
    schemas.add(type.schema().id());
    for (Extension extension : type.extensions()) {
      if (document.has(extension.schema().id())) {
        schemas.add(extension.schema().id());
      }
    }
    return schemas;
  }
}
