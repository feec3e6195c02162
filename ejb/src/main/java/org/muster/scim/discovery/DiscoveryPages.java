package org.muster.scim.discovery;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;
import org.muster.scim.resource.Representation;
import org.muster.scim.schema.ResourceType;
import org.muster.scim.schema.SchemaDefinition;
import org.muster.scim.schema.SchemaWriter;
import org.muster.storage.JsonDocument;

/**
 * All pages of discovery for one list of types and one base URL, ready to be sent.
 *
 * @param schemaById by the URN in lower case
 */
record DiscoveryPages(
    List<SchemaDefinition> madeOf,
    Features features,
    Representation config,
    Representation schemas,
    Representation types,
    Map<String, Representation> schemaById,
    Map<String, Representation> typeByName) {

  static DiscoveryPages of(
      List<ResourceType> types, List<SchemaDefinition> schemas, Features features, String baseUrl) {
    List<ObjectNode> schemaJson = new ArrayList<>();
    Map<String, Representation> schemaById = new LinkedHashMap<>();
    for (ObjectNode json : allOf(schemas)) {
      String urn = json.path("id").textValue();
      String location = baseUrl + "/Schemas/" + urn;
      schemaById.put(urn.toLowerCase(Locale.ROOT), page(json, "Schema", urn, location));
      schemaJson.add(json);
    }
    List<ObjectNode> typeJson = new ArrayList<>();
    Map<String, Representation> typeByName = new LinkedHashMap<>();
    for (ResourceType type : types) {
      ObjectNode json = SchemaWriter.write(type);
      String location = baseUrl + "/ResourceTypes/" + type.name();
      typeByName.put(type.name(), page(json, "ResourceType", type.name(), location));
      typeJson.add(json);
    }
    return new DiscoveryPages(
        schemas,
        features,
        page(
            ServiceProviderConfig.write(features),
            "ServiceProviderConfig",
            "ServiceProviderConfig",
            baseUrl + "/ServiceProviderConfig"),
        list(schemaJson, "Schemas", baseUrl),
        list(typeJson, "ResourceTypes", baseUrl),
        Map.copyOf(schemaById),
        Map.copyOf(typeByName));
  }

  /** Those of the resources, then those of discovery itself. */
  private static List<ObjectNode> allOf(List<SchemaDefinition> schemas) {
    return Stream.concat(schemas.stream().map(SchemaWriter::write), ServiceSchemas.all().stream())
        .toList();
  }

  /** Adds meta to {@code json}; the version is that of the page without it. */
  private static Representation page(
      ObjectNode json, String resourceType, String id, String location) {
    String etag = hash(bytes(json));
    json.putObject("meta")
        .put("resourceType", resourceType)
        .put("location", location)
        .put("version", "W/\"" + etag + "\"");
    return representation(id, etag, location, bytes(json));
  }

  private static Representation list(List<ObjectNode> items, String name, String baseUrl) {
    ObjectNode json = JsonNodeFactory.instance.objectNode();
    json.putArray("schemas").add("urn:ietf:params:scim:api:messages:2.0:ListResponse");
    json.put("totalResults", items.size());
    json.put("itemsPerPage", items.size());
    json.put("startIndex", 1);
    json.putArray("Resources").addAll(items);
    byte[] body = bytes(json);
    return representation(name, hash(body), baseUrl + "/" + name, body);
  }

  private static Representation representation(
      String id, String etag, String location, byte[] body) {
    return new Representation(id, etag, location, out -> out.write(body));
  }

  private static byte[] bytes(ObjectNode json) {
    try {
      return JsonDocument.MAPPER.writeValueAsBytes(json);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("A JSON tree can always be written", e);
    }
  }

  private static String hash(byte[] body) {
    try {
      byte[] hash = MessageDigest.getInstance("SHA-256").digest(body);
      return HexFormat.of().formatHex(Arrays.copyOf(hash, 16));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("Every Java platform has SHA-256", e);
    }
  }
}
