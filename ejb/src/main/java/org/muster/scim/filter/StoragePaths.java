package org.muster.scim.filter;

import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.LoadingCache;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.muster.scim.schema.Attribute;
import org.muster.scim.schema.AttributePath;
import org.muster.scim.schema.AttributePaths;
import org.muster.scim.schema.CommonAttributes;
import org.muster.scim.schema.ResourceType;
import org.muster.storage.Path;

/** The places in stored documents that attributes are kept at, and how they are compared there. */
final class StoragePaths {
  // Weak keys compare by identity, as in AttributePaths.
  private static final LoadingCache<ResourceType, Map<String, Path>> INDEXED =
      Caffeine.newBuilder().weakKeys().maximumSize(10_000).build(StoragePaths::allIndexed);

  private StoragePaths() {}

  /** The place of an attribute from the root of a document, as if nothing were indexed. */
  static Path of(AttributePath path) {
    return path(path, path.steps(), false);
  }

  /** The place of an attribute from the root of a document of this type. */
  static Path of(ResourceType type, AttributePath path) {
    Path indexed = INDEXED.get(type).get(path.toString());
    return indexed == null ? of(path) : indexed;
  }

  /** The place of a sub-attribute from the element of its attribute. */
  static Path ofElement(AttributePath path) {
    return path(path, path.sub().map(sub -> List.of(sub.name())).orElse(List.of()), false);
  }

  /** The places of all searchable attributes of a type. */
  static List<Path> indexed(ResourceType type) {
    return List.copyOf(INDEXED.get(type).values());
  }

  private static Map<String, Path> allIndexed(ResourceType type) {
    Map<String, Path> indexed = new LinkedHashMap<>();
    for (String name : type.searchable()) {
      AttributePath path = AttributePaths.resolve(type, name).orElseThrow();
      String canonical = path.toString();
      indexed.put(canonical, path(path, path.steps(), !type.pending().contains(canonical)));
    }
    return indexed;
  }

  private static Path path(AttributePath path, List<String> steps, boolean indexed) {
    Attribute leaf = path.leaf();
    return new Path(
        path.toString(),
        steps,
        type(leaf.type()),
        leaf.caseExact() && !leaf.equals(CommonAttributes.SCHEMAS),
        path.attribute().multiValued() || leaf.multiValued(),
        indexed);
  }

  private static Path.Type type(Attribute.Type type) {
    return switch (type) {
      case STRING, REFERENCE, BINARY -> Path.Type.TEXT;
      case BOOLEAN -> Path.Type.BOOLEAN;
      case DECIMAL, INTEGER -> Path.Type.NUMBER;
      case DATE_TIME -> Path.Type.DATE_TIME;
      case COMPLEX -> Path.Type.OTHER;
    };
  }
}
