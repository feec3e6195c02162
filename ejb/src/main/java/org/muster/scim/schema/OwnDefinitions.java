package org.muster.scim.schema;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import org.muster.scim.schema.Attribute.Link;
import org.muster.scim.schema.ResourceType.Extension;
import org.muster.storage.LinkSelector.Direction;

/** What a tenant may define: new things, and more for the built-in types, whose core stays. */
final class OwnDefinitions {
  private static final List<String> RESERVED =
      List.of(
          "urn:ietf:params:scim:api:",
          "urn:ietf:params:scim:schemas:core:2.0:schema",
          "urn:ietf:params:scim:schemas:core:2.0:resourcetype",
          "urn:ietf:params:scim:schemas:core:2.0:serviceproviderconfig");

  private OwnDefinitions() {}

  /** A schema that is none of the built-in ones. */
  static SchemaDefinition schema(BuiltInResourceTypes builtIn, JsonNode json) {
    SchemaDefinition schema = SchemaReader.read(json);
    DefinitionNode node = new DefinitionNode(json, "");
    String lower = schema.id().toLowerCase(Locale.ROOT);
    if (builtIn.schema(schema.id()).isPresent()) {
      throw node.bad("id", "is that of a built-in schema, which can't be changed");
    }
    if (RESERVED.stream().anyMatch(lower::startsWith)) {
      throw node.bad("id", "is reserved by RFC 7643 or RFC 7644");
    }
    Set<String> relations = relations(builtIn);
    for (int i = 0; i < schema.attributes().size(); i++) {
      Optional<Link> link = schema.attributes().get(i).link();
      if (link.isPresent()
          && link.get().direction() == Direction.OUT
          && relations.contains(link.get().relation())) {
        throw node.bad(
            "attributes[" + i + "].x-link.relation",
            "is that of a built-in attribute; take another");
      }
    }
    return schema;
  }

  private static Set<String> relations(BuiltInResourceTypes builtIn) {
    Set<String> relations = new HashSet<>();
    for (SchemaDefinition schema : builtIn.schemas()) {
      schema.attributes().forEach(a -> a.link().ifPresent(link -> relations.add(link.relation())));
    }
    return relations;
  }

  /** A type of the tenant's own, or a built-in one with more extensions. */
  static ResourceType type(
      BuiltInResourceTypes builtIn,
      JsonNode json,
      Function<String, Optional<SchemaDefinition>> schemas) {
    ResourceType type = ResourceTypeReader.read(json, schemas);
    DefinitionNode node = new DefinitionNode(json, "");
    for (ResourceType base : builtIn.types()) {
      if (base.name().equals(type.name())) {
        checkExtends(node, base, type);
      } else if (base.name().equalsIgnoreCase(type.name())) {
        throw node.bad("name", "is that of a built-in type in another case");
      } else if (base.schema().id().equalsIgnoreCase(type.schema().id())) {
        throw node.bad("schema", "is that of the built-in type " + base.name());
      }
    }
    return type;
  }

  private static void checkExtends(DefinitionNode node, ResourceType base, ResourceType type) {
    if (!base.endpoint().equals(type.endpoint())) {
      throw node.bad("endpoint", "must stay /" + base.endpoint());
    }
    if (!base.schema().id().equalsIgnoreCase(type.schema().id())) {
      throw node.bad("schema", "must stay " + base.schema().id());
    }
    for (Extension extension : base.extensions()) {
      Optional<Extension> kept = type.extension(extension.schema().id());
      if (kept.isEmpty() || kept.get().required() != extension.required()) {
        throw node.bad(
            "schemaExtensions",
            "must keep " + extension.schema().id() + " with required " + extension.required());
      }
    }
    if (!type.searchable().containsAll(base.searchable())) {
      throw node.bad("x-searchable", "must keep " + String.join(", ", base.searchable()));
    }
    if (!type.labels().equals(base.labels())) {
      throw node.bad("x-labels", "must stay " + String.join(", ", base.labels()));
    }
  }

  /** Refuses an endpoint or a name that another type has. */
  static void checkPlace(ResourceType type, Collection<ResourceType> others) {
    DefinitionNode node =
        new DefinitionNode(
            com.fasterxml.jackson.databind.node.JsonNodeFactory.instance.objectNode(), "");
    for (ResourceType other : others) {
      if (other.name().equals(type.name())) {
        continue;
      }
      if (other.name().equalsIgnoreCase(type.name())) {
        throw node.bad("name", "is that of the type " + other.name() + " in another case");
      }
      if (other.endpoint().equalsIgnoreCase(type.endpoint())) {
        throw node.bad("endpoint", "is that of the type " + other.name());
      }
    }
  }
}
