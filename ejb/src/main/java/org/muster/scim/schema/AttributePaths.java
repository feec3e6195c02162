package org.muster.scim.schema;

import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.LoadingCache;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.muster.scim.schema.ResourceType.Extension;

/**
 * Finds the attribute that a request names (RFC 7644 section 3.10): in any case, with the URN of
 * its schema in front or, for core and common attributes, without. Thread-safe.
 */
public final class AttributePaths {
  private static final int MAX_NAME = 1024;

  // Weak keys compare by identity: resource types live long, and their deep hash is slow.
  private static final LoadingCache<ResourceType, Map<String, AttributePath>> PATHS =
      Caffeine.newBuilder().weakKeys().maximumSize(10_000).build(AttributePaths::allOf);

  private AttributePaths() {}

  /** The attribute or sub-attribute of that name; a URN alone is none, see {@link #extensionOf}. */
  public static Optional<AttributePath> resolve(ResourceType type, String name) {
    return lower(name).map(PATHS.get(type)::get);
  }

  /** The extension whose URN the whole name is. */
  public static Optional<Extension> extensionOf(ResourceType type, String name) {
    return type.extension(name);
  }

  private static Map<String, AttributePath> allOf(ResourceType type) {
    Map<String, AttributePath> paths = new HashMap<>();
    String core = type.schema().id() + ":";
    for (Attribute attribute : CommonAttributes.ALL) {
      add(paths, "", Optional.empty(), attribute);
      add(paths, core, Optional.empty(), attribute);
    }
    for (Attribute attribute : type.schema().attributes()) {
      add(paths, "", Optional.empty(), attribute);
      add(paths, core, Optional.empty(), attribute);
    }
    for (Extension extension : type.extensions()) {
      String urn = extension.schema().id();
      for (Attribute attribute : extension.schema().attributes()) {
        add(paths, urn + ":", Optional.of(urn), attribute);
      }
    }
    return Map.copyOf(paths);
  }

  private static void add(
      Map<String, AttributePath> paths,
      String prefix,
      Optional<String> extension,
      Attribute attribute) {
    String name = prefix + attribute.name();
    put(paths, name, new AttributePath(extension, attribute, Optional.empty()));
    for (Attribute sub : attribute.subAttributes()) {
      put(
          paths,
          name + "." + sub.name(),
          new AttributePath(extension, attribute, Optional.of(sub)));
    }
  }

  private static void put(Map<String, AttributePath> paths, String name, AttributePath path) {
    paths.put(lower(name).orElseThrow(), path);
  }

  /** The name in lower case; empty if it is not ASCII, and so names nothing. */
  private static Optional<String> lower(String name) {
    if (name.length() > MAX_NAME) {
      return Optional.empty();
    }
    char[] chars = name.toCharArray();
    for (int i = 0; i < chars.length; i++) {
      char c = chars[i];
      if (c >= 0x80) {
        return Optional.empty();
      }
      if (c >= 'A' && c <= 'Z') {
        chars[i] = (char) (c + ('a' - 'A'));
      }
    }
    return Optional.of(new String(chars));
  }
}
