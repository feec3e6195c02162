package org.muster.scim.schema;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.regex.Pattern;
import org.muster.scim.ScimException;
import org.muster.scim.schema.Attribute.Mutability;
import org.muster.scim.schema.Attribute.Returned;
import org.muster.scim.schema.ResourceType.Extension;

/**
 * Reads a resource type (RFC 7643 section 6), as strictly as {@link SchemaReader}. Our own members
 * {@code x-labels} and {@code x-searchable} say what {@link ResourceType} says of them.
 */
public final class ResourceTypeReader {
  /** The URN of resource types themselves. */
  public static final String RESOURCE_TYPE_URN =
      "urn:ietf:params:scim:schemas:core:2.0:ResourceType";

  private static final int MAX_SEARCHABLE = 50;
  private static final Pattern NAME = Pattern.compile("[A-Za-z][A-Za-z0-9_-]{0,63}");
  private static final Pattern ENDPOINT = Pattern.compile("/?[A-Za-z][A-Za-z0-9_-]{0,63}");
  private static final Set<String> TAKEN =
      Set.of("schemas", "resourcetypes", "serviceproviderconfig", "bulk", "me");
  private static final Set<String> MEMBERS =
      Set.of(
          "schemas",
          "id",
          "name",
          "description",
          "endpoint",
          "schema",
          "schemaExtensions",
          "x-labels",
          "x-searchable",
          "x-link-types",
          "x-indexes",
          "meta");

  private ResourceTypeReader() {}

  /**
   * The resource type that {@code json} defines; nothing is pending in it.
   *
   * @param schemas finds a schema by its URN, in any case
   * @throws ScimException 400 invalidValue if it is not a valid definition
   */
  public static ResourceType read(
      JsonNode json, Function<String, Optional<SchemaDefinition>> schemas) {
    DefinitionNode node = new DefinitionNode(json, "");
    node.allowOnly(MEMBERS);
    String name = node.text("name");
    if (!NAME.matcher(name).matches()) {
      throw node.bad("name", "must be a letter and up to 63 letters, digits, '_' or '-'");
    }
    if (!node.optionalText("id").orElse(name).equals(name)) {
      throw node.bad("id", "must be the name, or missing");
    }
    SchemaDefinition schema = LinkTypes.widen(node, schema(node, schemas));
    List<Extension> extensions = new ArrayList<>();
    for (DefinitionNode item : node.objects("schemaExtensions")) {
      item.allowOnly(Set.of("schema", "required"));
      SchemaDefinition extension = schema(item, schemas);
      if (extension.id().equalsIgnoreCase(schema.id())
          || extensions.stream().anyMatch(e -> e.schema().equals(extension))) {
        throw item.bad("schema", "is named twice");
      }
      extensions.add(new Extension(extension, item.flag("required", false)));
    }
    checkNames(node, schema, extensions);
    LinkTypes.checkRelations(node, schema, extensions);
    ResourceType bare =
        new ResourceType(
            name,
            endpoint(node),
            node.optionalText("description").orElse(""),
            schema,
            extensions,
            labels(node, schema),
            List.of());
    return new ResourceType(
        name,
        bare.endpoint(),
        bare.description(),
        schema,
        extensions,
        bare.labels(),
        searchable(node, bare));
  }

  /** "urn:x" with an attribute "y" and "urn:x:y" are the same in a filter. */
  private static void checkNames(
      DefinitionNode node, SchemaDefinition core, List<Extension> extensions) {
    List<SchemaDefinition> all = new ArrayList<>(List.of(core));
    extensions.forEach(extension -> all.add(extension.schema()));
    for (SchemaDefinition schema : all) {
      for (Attribute attribute : schema.attributes()) {
        String name = schema.id() + ":" + attribute.name();
        if (all.stream().anyMatch(other -> other.id().equalsIgnoreCase(name))) {
          throw node.bad("schemaExtensions", name + " is both a schema and an attribute");
        }
      }
    }
  }

  private static SchemaDefinition schema(
      DefinitionNode node, Function<String, Optional<SchemaDefinition>> schemas) {
    return schemas
        .apply(node.urn("schema"))
        .orElseThrow(() -> node.bad("schema", "is not the URN of a known schema"));
  }

  private static String endpoint(DefinitionNode node) {
    String endpoint = node.text("endpoint");
    if (!ENDPOINT.matcher(endpoint).matches()) {
      throw node.bad("endpoint", "must be one path segment, for instance \"/Devices\"");
    }
    String segment = endpoint.startsWith("/") ? endpoint.substring(1) : endpoint;
    if (TAKEN.contains(segment.toLowerCase(Locale.ROOT))) {
      throw node.bad("endpoint", "is taken by SCIM itself");
    }
    return segment;
  }

  private static List<String> labels(DefinitionNode node, SchemaDefinition schema) {
    List<String> labels = new ArrayList<>();
    for (String label : node.texts("x-labels")) {
      Attribute attribute =
          schema
              .attribute(label)
              .filter(a -> a.type() == Attribute.Type.STRING && !a.multiValued() && !hidden(a))
              .orElseThrow(
                  () -> node.bad("x-labels", "must name single string attributes of the schema"));
      labels.add(attribute.name());
    }
    return labels;
  }

  private static List<String> searchable(DefinitionNode node, ResourceType type) {
    List<String> searchable = new ArrayList<>();
    for (String name : node.texts("x-searchable")) {
      AttributePath path =
          AttributePaths.resolve(type, name)
              .filter(ResourceTypeReader::canBeSearchable)
              .orElseThrow(
                  () ->
                      node.bad(
                          "x-searchable",
                          "must name stored attributes with simple values, for instance"
                              + " \"emails.value\""));
      searchable.add(path.toString());
    }
    if (searchable.size() > MAX_SEARCHABLE) {
      throw node.bad("x-searchable", "must have at most " + MAX_SEARCHABLE + " attributes");
    }
    return searchable.stream().distinct().toList();
  }

  private static boolean canBeSearchable(AttributePath path) {
    Attribute attribute = path.attribute();
    boolean stored =
        attribute.link().isEmpty()
            && (attribute.equals(CommonAttributes.EXTERNAL_ID)
                || !CommonAttributes.ALL.contains(attribute));
    return stored
        && path.leaf().type() != Attribute.Type.COMPLEX
        && !hidden(attribute)
        && !hidden(path.leaf());
  }

  private static boolean hidden(Attribute attribute) {
    return attribute.returned() == Returned.NEVER
        || attribute.mutability() == Mutability.WRITE_ONLY;
  }
}
