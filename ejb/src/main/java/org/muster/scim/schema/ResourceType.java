package org.muster.scim.schema;

import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.muster.storage.LinkSelector;

/**
 * A resource type (RFC 7643 section 6). Its name is the collection that its documents are kept in.
 *
 * @param endpoint the path segment below the base URL, for instance "Users"
 * @param labels attribute names of the core schema in order of preference; the first that has a
 *     value is the label of a resource, shown by what links to it
 * @param searchable the attribute paths that are kept as folded keys and indexed, for instance
 *     "userName", "emails.value" or "urn:…:User:employeeNumber"
 */
public record ResourceType(
    String name,
    String endpoint,
    String description,
    SchemaDefinition schema,
    List<Extension> extensions,
    List<String> labels,
    List<String> searchable) {
  public ResourceType {
    extensions = List.copyOf(extensions);
    labels = List.copyOf(labels);
    searchable = List.copyOf(searchable);
  }

  /** A schema extension (RFC 7643 section 3.3). */
  public record Extension(SchemaDefinition schema, boolean required) {}

  /** The extension with that URN, in any case. */
  public Optional<Extension> extension(String urn) {
    return extensions.stream().filter(e -> e.schema().id().equalsIgnoreCase(urn)).findFirst();
  }

  /** Whether clients write a list of links of any length into it, as members into a group. */
  public boolean hasLinkLists() {
    return Stream.concat(
            schema.attributes().stream(),
            extensions.stream().flatMap(extension -> extension.schema().attributes().stream()))
        .anyMatch(
            attribute ->
                attribute.multiValued()
                    && attribute
                        .link()
                        .filter(link -> link.direction() == LinkSelector.Direction.OUT)
                        .isPresent());
  }
}
