package org.muster.scim.filter;

import java.util.Optional;
import org.muster.scim.schema.AttributePath;
import org.muster.scim.schema.ResourceType;

/** What the path of a PATCH operation names (RFC 7644 section 3.5.2). */
public sealed interface PatchPath {

  /** A whole extension, named by its URN alone. */
  record OfExtension(ResourceType.Extension extension) implements PatchPath {}

  /** What no schema defines, and the profile ignores. */
  record Unknown() implements PatchPath {}

  /**
   * An attribute or sub-attribute: {@code name}, {@code name.sub}, {@code name[filter]} or {@code
   * name[filter].sub}.
   *
   * @param filter over the elements of {@code path.attribute()}, for {@link
   *     FilterEvaluation#matchesElement}
   */
  record OfAttribute(AttributePath path, Optional<Filter> filter) implements PatchPath {
    /** The text between the brackets, in the schema's spelling. */
    public Optional<String> filterText() {
      return filter.map(FilterText::ofElement);
    }

    /** The path in the schema's spelling. */
    @Override
    public String toString() {
      AttributePath attribute =
          new AttributePath(path.extension(), path.attribute(), Optional.empty());
      return filterText().map(text -> attribute + "[" + text + "]").orElse(attribute.toString())
          + path.sub().map(sub -> "." + sub.name()).orElse("");
    }
  }
}
