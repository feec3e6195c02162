package org.muster.scim.schema;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;

/**
 * Writes schemas and resource types as RFC 7643 sections 6 and 7 show them, and nothing of ours.
 */
public final class SchemaWriter {
  private static final JsonNodeFactory JSON = JsonNodeFactory.instance;

  private SchemaWriter() {}

  /** The schema, without meta. */
  public static ObjectNode write(SchemaDefinition schema) {
    ObjectNode json = JSON.objectNode();
    json.putArray("schemas").add(SchemaReader.SCHEMA_URN);
    json.put("id", schema.id());
    json.put("name", schema.name());
    json.put("description", schema.description());
    json.set("attributes", attributes(schema.attributes()));
    return json;
  }

  /** The resource type, without meta. */
  public static ObjectNode write(ResourceType type) {
    ObjectNode json = JSON.objectNode();
    json.putArray("schemas").add(ResourceTypeReader.RESOURCE_TYPE_URN);
    json.put("id", type.name());
    json.put("name", type.name());
    json.put("endpoint", "/" + type.endpoint());
    json.put("description", type.description());
    json.put("schema", type.schema().id());
    ArrayNode extensions = json.putArray("schemaExtensions");
    for (ResourceType.Extension extension : type.extensions()) {
      extensions
          .addObject()
          .put("schema", extension.schema().id())
          .put("required", extension.required());
    }
    return json;
  }

  /** The definition of one attribute. */
  public static ObjectNode write(Attribute attribute) {
    return attribute(attribute);
  }

  private static ArrayNode attributes(List<Attribute> attributes) {
    ArrayNode json = JSON.arrayNode();
    attributes.forEach(attribute -> json.add(attribute(attribute)));
    return json;
  }

  private static ObjectNode attribute(Attribute attribute) {
    ObjectNode json = JSON.objectNode();
    json.put("name", attribute.name());
    json.put("type", SchemaWords.word(attribute.type()));
    json.put("multiValued", attribute.multiValued());
    json.put("description", attribute.description());
    json.put("required", attribute.required());
    texts(json, "canonicalValues", attribute.canonicalValues());
    if (attribute.type() != Attribute.Type.COMPLEX) {
      json.put("caseExact", attribute.caseExact());
    }
    json.put("mutability", SchemaWords.word(attribute.mutability()));
    json.put("returned", SchemaWords.word(attribute.returned()));
    json.put("uniqueness", SchemaWords.word(attribute.uniqueness()));
    texts(json, "referenceTypes", attribute.referenceTypes());
    if (attribute.type() == Attribute.Type.COMPLEX) {
      json.set("subAttributes", attributes(attribute.subAttributes()));
    }
    return json;
  }

  private static void texts(ObjectNode json, String member, List<String> texts) {
    if (!texts.isEmpty()) {
      ArrayNode array = json.putArray(member);
      texts.forEach(array::add);
    }
  }
}
