package org.muster.signal;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.muster.kernel.TenantId;
import org.muster.scim.schema.Attribute;
import org.muster.scim.schema.AttributePath;
import org.muster.scim.schema.ResourceType;
import org.muster.scim.schema.ResourceTypes;
import org.muster.storage.LinkSelector.Direction;

/** Which attribute shows links, and what they lead to. */
final class LinkPaths {
  private LinkPaths() {}

  /** The attribute of a type whose values are the links of a relation. */
  static Optional<AttributePath> of(ResourceType type, String relation) {
    Stream<AttributePath> core =
        type.schema().attributes().stream()
            .map(attribute -> new AttributePath(Optional.empty(), attribute, Optional.empty()));
    Stream<AttributePath> more =
        type.extensions().stream()
            .map(ResourceType.Extension::schema)
            .flatMap(
                schema ->
                    schema.attributes().stream()
                        .map(
                            attribute ->
                                new AttributePath(
                                    Optional.of(schema.id()), attribute, Optional.empty())));
    return Stream.concat(core, more)
        .filter(path -> path.attribute().link().filter(link -> is(link, relation)).isPresent())
        .findFirst();
  }

  private static boolean is(Attribute.Link link, String relation) {
    return link.direction() == Direction.OUT && link.relation().equals(relation);
  }

  /** The names of the types of what is linked to. */
  static Map<PatchData.Target, String> targets(
      ResourceTypes types, TenantId tenant, JsonNode idsByCollection) {
    Map<PatchData.Target, String> targets = new LinkedHashMap<>();
    for (Map.Entry<String, JsonNode> entry : idsByCollection.properties()) {
      types
          .byName(tenant, entry.getKey())
          .ifPresent(
              type ->
                  entry
                      .getValue()
                      .forEach(
                          id ->
                              targets.put(
                                  new PatchData.Target(
                                      id.asText(), ScimEvents.uri(type, id.asText())),
                                  type.name())));
    }
    return targets;
  }
}
