package org.muster.scim.schema;

import java.util.List;
import java.util.Optional;

/** A schema (RFC 7643 section 7): a URN and the attributes that it defines. */
public record SchemaDefinition(
    String id, String name, String description, List<Attribute> attributes) {
  public SchemaDefinition {
    attributes = List.copyOf(attributes);
  }

  /** The attribute of that name, in any case. */
  public Optional<Attribute> attribute(String attributeName) {
    return attributes.stream().filter(a -> a.name().equalsIgnoreCase(attributeName)).findFirst();
  }
}
