package org.muster.scim.projection;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.LoadingCache;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.muster.scim.ScimException;
import org.muster.scim.schema.AttributePath;
import org.muster.scim.schema.ResourceType;

/**
 * Which attributes of resources of a type a response shows, by what the client asked for (RFC 7644
 * section 3.9) and by the "returned" of each attribute (RFC 7643 section 7). Immutable.
 */
public final class Projection {
  private static final int MAX_CACHED_LENGTH = 1_000;

  // Weak keys compare by identity: resource types live long, and their deep hash is slow.
  private static final LoadingCache<ResourceType, Cache<Selection, Projection>> HOT =
      Caffeine.newBuilder()
          .weakKeys()
          .maximumSize(10_000)
          .build(type -> Caffeine.newBuilder().maximumSize(100).build());

  private final Map<String, Set<String>> core;
  private final Map<String, Map<String, Set<String>>> extensions;
  private final Set<String> partial;
  private final boolean whole;

  Projection(
      Map<String, Set<String>> core,
      Map<String, Map<String, Set<String>>> extensions,
      Set<String> partial,
      boolean whole) {
    this.core = core;
    this.extensions = extensions;
    this.partial = partial;
    this.whole = whole;
  }

  /**
   * What a selection shows of resources of a type; names that it does not know show nothing.
   *
   * @throws ScimException 400 invalidValue if both attributes and excludedAttributes are given
   */
  public static Projection of(ResourceType type, Selection selection) {
    int length =
        Stream.concat(selection.attributes().stream(), selection.excluded().stream())
            .mapToInt(String::length)
            .sum();
    if (length > MAX_CACHED_LENGTH) {
      return new ProjectionRules(type, selection).projection();
    }
    return HOT.get(type).get(selection, asked -> new ProjectionRules(type, asked).projection());
  }

  /**
   * Whether resources are shown as they are stored: nothing was asked for, nothing is held back.
   */
  public boolean isWhole() {
    return whole;
  }

  /** Whether an attribute is shown, in whole or in part, or a sub-attribute is. */
  public boolean shows(AttributePath path) {
    Map<String, Set<String>> names =
        path.extension().map(urn -> extensions.getOrDefault(urn, Map.of())).orElse(core);
    @Nullable Set<String> subs = names.get(path.attribute().name());
    return subs != null && path.sub().map(sub -> subs.contains(sub.name())).orElse(true);
  }

  /**
   * What is shown of a resource.
   *
   * @param resource with names in the schema's spelling; left as it is, and its parts are shared
   */
  public ObjectNode apply(ObjectNode resource) {
    ObjectNode shown = JsonNodeFactory.instance.objectNode();
    for (Map.Entry<String, JsonNode> member : resource.properties()) {
      @Nullable Map<String, Set<String>> extension = extensions.get(member.getKey());
      if (extension != null) {
        ObjectNode inner = JsonNodeFactory.instance.objectNode();
        member
            .getValue()
            .properties()
            .forEach(m -> add(inner, extension, member.getKey() + ":", m.getKey(), m.getValue()));
        if (!inner.isEmpty()) {
          shown.set(member.getKey(), inner);
        }
      } else {
        add(shown, core, "", member.getKey(), member.getValue());
      }
    }
    return shown;
  }

  private void add(
      ObjectNode shown,
      Map<String, Set<String>> names,
      String prefix,
      String name,
      JsonNode value) {
    @Nullable Set<String> subs = names.get(name);
    if (subs == null) {
      return;
    }
    if (!partial.contains(prefix + name)) {
      shown.set(name, value);
      return;
    }
    JsonNode part = part(value, subs);
    if (!part.isEmpty()) {
      shown.set(name, part);
    }
  }

  /** The chosen members of an object, or of each object of an array; empty ones are left out. */
  private static JsonNode part(JsonNode value, Set<String> subs) {
    if (value.isArray()) {
      ArrayNode elements = JsonNodeFactory.instance.arrayNode();
      for (JsonNode element : value) {
        JsonNode part = part(element, subs);
        if (!part.isEmpty()) {
          elements.add(part);
        }
      }
      return elements;
    }
    ObjectNode part = JsonNodeFactory.instance.objectNode();
    for (Map.Entry<String, JsonNode> member : value.properties()) {
      if (subs.contains(member.getKey())) {
        part.set(member.getKey(), member.getValue());
      }
    }
    return part;
  }
}
