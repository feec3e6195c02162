package org.muster.scim.schema;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.muster.kernel.TenantId;
import org.muster.storage.JsonDocument;

/** The types that every tenant has: User, Group and the enterprise extension (RFC 7643). */
public final class BuiltInResourceTypes implements ResourceTypes {
  private static final List<String> SCHEMA_FILES = List.of("user", "enterprise-user", "group");

  private final List<SchemaDefinition> schemas;
  private final List<ResourceType> types;
  private final List<JsonNode> definitions;

  /** Reads the definitions that come with Muster. */
  public BuiltInResourceTypes() {
    this.schemas =
        SCHEMA_FILES.stream()
            .map(name -> SchemaReader.read(resource("/scim/schemas/" + name + ".json")))
            .toList();
    List<ResourceType> read = new ArrayList<>();
    List<JsonNode> sources = new ArrayList<>();
    for (JsonNode definition : resource("/scim/resource-types.json")) {
      read.add(ResourceTypeReader.read(definition, this::schema));
      sources.add(definition);
    }
    this.types = List.copyOf(read);
    this.definitions = List.copyOf(sources);
  }

  /** The types. */
  public List<ResourceType> types() {
    return types;
  }

  /** The definition of a type as JSON, for whoever wants to extend it; not to be changed. */
  public Optional<JsonNode> definition(String name) {
    return definitions.stream().filter(json -> json.path("name").asText().equals(name)).findFirst();
  }

  /** The schemas of the types. */
  public List<SchemaDefinition> schemas() {
    return schemas;
  }

  @Override
  public List<ResourceType> all(TenantId tenant) {
    return types;
  }

  @Override
  public Optional<ResourceType> byEndpoint(TenantId tenant, String endpoint) {
    return types.stream().filter(type -> type.endpoint().equals(endpoint)).findFirst();
  }

  @Override
  public Optional<ResourceType> byName(TenantId tenant, String name) {
    return types.stream().filter(type -> type.name().equals(name)).findFirst();
  }

  @Override
  public Optional<SchemaDefinition> schema(TenantId tenant, String urn) {
    return schema(urn);
  }

  @Override
  public List<SchemaDefinition> schemas(TenantId tenant) {
    return schemas;
  }

  /** The schema with that URN, in any case. */
  Optional<SchemaDefinition> schema(String urn) {
    return schemas.stream().filter(schema -> schema.id().equalsIgnoreCase(urn)).findFirst();
  }

  private static JsonNode resource(String name) {
    try (InputStream in = BuiltInResourceTypes.class.getResourceAsStream(name)) {
      if (in == null) {
        throw new IllegalStateException(name + " is missing in the build");
      }
      return JsonDocument.MAPPER.readTree(in);
    } catch (IOException e) {
      throw new IllegalStateException(name + " can't be read", e);
    }
  }
}
