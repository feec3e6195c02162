package org.muster.scim.filter;

import java.util.Optional;
import org.muster.scim.ScimException;
import org.muster.scim.schema.Attribute;
import org.muster.scim.schema.AttributePath;
import org.muster.scim.schema.AttributePaths;
import org.muster.scim.schema.CommonAttributes;
import org.muster.scim.schema.ResourceType;
import org.muster.storage.Path;
import org.muster.storage.Query;

/**
 * Translates sortBy and sortOrder (RFC 7644 section 3.4.2.3). Of several values the primary one
 * counts, else the first; text is compared by caseExact.
 */
public final class SortTranslator {
  private SortTranslator() {}

  /**
   * The order that {@code sortBy} asks for. A complex attribute is sorted by its value.
   *
   * @throws ScimException 400 invalidValue if resources can't be sorted by it
   */
  public static Query.Order order(ResourceType type, String sortBy, boolean descending) {
    AttributePath path =
        AttributePaths.resolve(type, sortBy)
            .orElseThrow(() -> refused("sortBy names no attribute of " + type.name()));
    if (path.attribute().link().isPresent() || FilterCheck.isHidden(path)) {
      throw refused(type.name() + " can't be sorted by " + path);
    }
    if (path.attribute().equals(CommonAttributes.ID)) {
      return new Query.Order(Path.ID, descending);
    }
    if (path.attribute().equals(CommonAttributes.META)) {
      return meta(type, path, descending);
    }
    return new Query.Order(StoragePaths.of(type, simple(path)), descending);
  }

  private static Query.Order meta(ResourceType type, AttributePath path, boolean descending) {
    return switch (path.leaf().name()) {
      case "created" -> new Query.Order(Path.CREATED, descending);
      case "lastModified" -> new Query.Order(Path.MODIFIED, descending);
      case "resourceType" -> Query.Order.BY_ID; // the same in all
      case "location" -> new Query.Order(Path.ID, descending); // the same up to the id
      default -> throw refused(type.name() + " can't be sorted by " + path);
    };
  }

  private static AttributePath simple(AttributePath path) {
    if (path.leaf().type() != Attribute.Type.COMPLEX) {
      return path;
    }
    Attribute value =
        path.attribute()
            .sub("value")
            .filter(sub -> !FilterCheck.isHidden(sub))
            .orElseThrow(() -> refused(complex(path)));
    return new AttributePath(path.extension(), path.attribute(), Optional.of(value));
  }

  private static String complex(AttributePath path) {
    return path.attribute().subAttributes().stream()
        .filter(sub -> !FilterCheck.isHidden(sub))
        .findFirst()
        .map(sub -> "; sort by one of its sub-attributes, for instance " + path + "." + sub.name())
        .map(hint -> path + " is complex and has no value of its own" + hint)
        .orElse("No resource can be sorted by " + path);
  }

  private static ScimException refused(String problem) {
    return ScimException.badRequest(ScimException.Type.INVALID_VALUE, problem);
  }
}
