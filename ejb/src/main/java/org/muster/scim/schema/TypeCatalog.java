package org.muster.scim.schema;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.muster.scim.ScimException;
import org.muster.scim.schema.ResourceType.Extension;

/** All types and schemas of one tenant, built in and its own. Immutable. */
public final class TypeCatalog {
  private final List<ResourceType> types;
  private final List<SchemaDefinition> schemas;
  private final Map<String, ResourceType> byEndpoint = new HashMap<>();
  private final Map<String, ResourceType> byName = new HashMap<>();
  private final Map<String, SchemaDefinition> byUrn = new HashMap<>();

  /**
   * The definition of a type.
   *
   * @param pending attributes that stored resources are being prepared for
   */
  public record Source(JsonNode json, List<String> pending) {
    public Source {
      pending = List.copyOf(pending);
    }

    String name() {
      return json.path("name").asText();
    }
  }

  private TypeCatalog(List<ResourceType> types, List<SchemaDefinition> schemas) {
    this.types = types;
    this.schemas = schemas;
    types.forEach(type -> byEndpoint.put(type.endpoint(), type));
    types.forEach(type -> byName.put(type.name(), type));
    schemas.forEach(schema -> byUrn.put(lower(schema.id()), schema));
  }

  /** The catalog of a tenant without definitions of its own. */
  public static TypeCatalog of(BuiltInResourceTypes builtIn) {
    return new TypeCatalog(builtIn.types(), builtIn.schemas());
  }

  /**
   * The catalog of a tenant with these definitions.
   *
   * @param changed the name of the type that is being changed; empty if it is a schema
   * @throws ScimException 400 if one that is being changed is wrong, 409 if another one no longer
   *     fits
   */
  public static TypeCatalog of(
      BuiltInResourceTypes builtIn, List<JsonNode> schemas, List<Source> types, String changed) {
    Map<String, SchemaDefinition> known = new LinkedHashMap<>();
    builtIn.schemas().forEach(schema -> known.put(lower(schema.id()), schema));
    for (JsonNode json : schemas) {
      SchemaDefinition schema = OwnDefinitions.schema(builtIn, json);
      known.put(lower(schema.id()), schema);
    }
    Map<String, ResourceType> all = new LinkedHashMap<>();
    builtIn.types().forEach(type -> all.put(type.name(), type));
    for (Source source : types) {
      ResourceType type = read(builtIn, known, source, changed);
      OwnDefinitions.checkPlace(type, all.values());
      all.put(type.name(), type);
    }
    all.values().forEach(type -> type.extensions().forEach(each -> put(known, each.schema())));
    all.values().forEach(type -> put(known, type.schema()));
    return new TypeCatalog(List.copyOf(all.values()), List.copyOf(known.values()));
  }

  private static void put(Map<String, SchemaDefinition> known, SchemaDefinition schema) {
    known.put(lower(schema.id()), schema);
  }

  private static ResourceType read(
      BuiltInResourceTypes builtIn,
      Map<String, SchemaDefinition> schemas,
      Source source,
      String changed) {
    try {
      return OwnDefinitions.type(
              builtIn, source.json(), urn -> Optional.ofNullable(schemas.get(lower(urn))))
          .withPending(source.pending());
    } catch (ScimException e) {
      if (source.name().equals(changed)) {
        throw e;
      }
      throw new ScimException(
          409, "The resource type " + source.name() + " would not fit any more: " + e.getMessage());
    }
  }

  /** The types, built-in ones first, then in the order of their registration. */
  public List<ResourceType> types() {
    return types;
  }

  /** The schemas, those that no type uses included. */
  public List<SchemaDefinition> schemas() {
    return schemas;
  }

  /** The type whose endpoint this is. */
  public Optional<ResourceType> byEndpoint(String endpoint) {
    return Optional.ofNullable(byEndpoint.get(endpoint));
  }

  /** The type of that name. */
  public Optional<ResourceType> byName(String name) {
    return Optional.ofNullable(byName.get(name));
  }

  /** The schema with that URN, in any case. */
  public Optional<SchemaDefinition> schema(String urn) {
    return Optional.ofNullable(byUrn.get(lower(urn)));
  }

  /** The types that use a schema. */
  public List<ResourceType> usersOf(String urn) {
    List<ResourceType> users = new ArrayList<>();
    for (ResourceType type : types) {
      boolean extended =
          type.extensions().stream().map(Extension::schema).anyMatch(s -> isOf(s, urn));
      if (extended || isOf(type.schema(), urn)) {
        users.add(type);
      }
    }
    return users;
  }

  private static boolean isOf(SchemaDefinition schema, String urn) {
    return schema.id().equalsIgnoreCase(urn);
  }

  private static String lower(String urn) {
    return urn.toLowerCase(Locale.ROOT);
  }
}
