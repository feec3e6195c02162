package org.muster.scim.schema;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * An attribute of a resource type, or a sub-attribute of one, as a request names it (RFC 7644
 * section 3.10).
 *
 * @param extension the URN of the extension that defines the attribute, as the schema spells it;
 *     empty for the core schema and the common attributes
 */
public record AttributePath(
    Optional<String> extension, Attribute attribute, Optional<Attribute> sub) {

  /** The innermost attribute. */
  public Attribute leaf() {
    return sub.orElse(attribute);
  }

  /** The member names that lead from the root of a resource to the values. */
  public List<String> steps() {
    List<String> steps = new ArrayList<>(3);
    extension.ifPresent(steps::add);
    steps.add(attribute.name());
    sub.ifPresent(s -> steps.add(s.name()));
    return steps;
  }

  /** The path in the schema's spelling, for instance "name.familyName" or "urn:…:User:manager". */
  @Override
  public String toString() {
    return extension.map(urn -> urn + ":").orElse("")
        + attribute.name()
        + sub.map(s -> "." + s.name()).orElse("");
  }
}
