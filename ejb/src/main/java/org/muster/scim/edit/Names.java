package org.muster.scim.edit;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.muster.scim.schema.Attribute;
import org.muster.scim.schema.Attribute.Mutability;
import org.muster.scim.schema.AttributePath;
import org.muster.scim.schema.CommonAttributes;
import org.muster.scim.schema.ResourceType;
import org.muster.scim.schema.ResourceType.Extension;
import org.muster.storage.LinkSelector.Direction;

/** Finds definitions by the names that requests use; names are the same in any case. */
final class Names {
  /** The attribute that says which schemas a resource has; every resource has it. */
  static final String SCHEMAS = CommonAttributes.SCHEMAS.name();

  /** The common attributes that are read like any other; no schema defines them. */
  static final List<Attribute> COMMON =
      List.of(CommonAttributes.ID, CommonAttributes.EXTERNAL_ID, CommonAttributes.META);

  private Names() {}

  /** The position of an attribute in the list, or -1. */
  static int find(List<Attribute> attributes, String name) {
    // A loop over a few names beats a map, and most names come in the schema's spelling.
    for (int i = 0; i < attributes.size(); i++) {
      if (attributes.get(i).name().equals(name)) {
        return i;
      }
    }
    for (int i = 0; i < attributes.size(); i++) {
      if (attributes.get(i).name().equalsIgnoreCase(name)) {
        return i;
      }
    }
    return -1;
  }

  /** The attributes of an extension, or of the core schema if there is none. */
  static List<Attribute> attributes(ResourceType type, @Nullable Extension extension) {
    return extension == null ? type.schema().attributes() : extension.schema().attributes();
  }

  /** The URN of an extension as its schema spells it. */
  static Optional<String> urn(@Nullable Extension extension) {
    return extension == null ? Optional.empty() : Optional.of(extension.schema().id());
  }

  /** The extension that a member of a resource, or an element of schemas, names. */
  static Extension extension(ResourceType type, String urn) {
    return type.extension(urn)
        .orElseThrow(
            () -> new Place(null, urn).invalidValue("is no schema extension of " + type.name()));
  }

  /** Whether the values of the attribute are links that clients write. */
  static boolean isLink(Attribute attribute) {
    return attribute.link().isPresent()
        && attribute.link().get().direction() == Direction.OUT
        && attribute.mutability() != Mutability.READ_ONLY;
  }

  /** Whether clients can't write the attribute. */
  static boolean isReadOnly(Attribute attribute) {
    return attribute.mutability() == Mutability.READ_ONLY
        || (attribute.link().isPresent() && !isLink(attribute));
  }

  /** The link attributes that clients write, those of the core schema first. */
  static List<AttributePath> links(ResourceType type) {
    List<AttributePath> links = new ArrayList<>(2);
    addLinks(type, null, links);
    for (Extension extension : type.extensions()) {
      addLinks(type, extension, links);
    }
    return links;
  }

  private static void addLinks(
      ResourceType type, @Nullable Extension extension, List<AttributePath> links) {
    for (Attribute attribute : attributes(type, extension)) {
      if (isLink(attribute)) {
        links.add(new AttributePath(urn(extension), attribute, Optional.empty()));
      }
    }
  }
}
