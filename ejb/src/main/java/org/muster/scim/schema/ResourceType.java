package org.muster.scim.schema;

import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;
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
 * @param pending those of the searchable paths that are written with each resource, but not relied
 *     on yet, since older resources may lack them
 */
public record ResourceType(
    String name,
    String endpoint,
    String description,
    SchemaDefinition schema,
    List<Extension> extensions,
    List<String> labels,
    List<String> searchable,
    Set<String> pending) {
  public ResourceType {
    pending = Set.copyOf(pending);
    extensions = List.copyOf(extensions);
    labels = List.copyOf(labels);
    searchable = List.copyOf(searchable);
  }

  /** A type whose resources can all be searched by its searchable attributes. */
  public ResourceType(
      String name,
      String endpoint,
      String description,
      SchemaDefinition schema,
      List<Extension> extensions,
      List<String> labels,
      List<String> searchable) {
    this(name, endpoint, description, schema, extensions, labels, searchable, Set.of());
  }

  /** The same type while some attributes are not searched by yet. */
  public ResourceType withPending(Collection<String> attributes) {
    return new ResourceType(
        name,
        endpoint,
        description,
        schema,
        extensions,
        labels,
        searchable,
        Set.copyOf(attributes));
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
