package org.muster.scim.resource;

import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.LoadingCache;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.muster.scim.schema.Attribute;
import org.muster.scim.schema.Attribute.Link;
import org.muster.scim.schema.AttributePath;
import org.muster.scim.schema.ResourceType;
import org.muster.storage.LinkSelector;
import org.muster.storage.LinkSelector.Direction;

/**
 * The link attributes of a resource type.
 *
 * @param streamed those with any number of values, such as members: paged, and never held in memory
 * @param expanded those that are read along with the document, such as groups and manager; they are
 *     part of the entity tag
 */
record TypeLinks(List<AttributePath> streamed, List<AttributePath> expanded) {
  // Weak keys compare by identity: resource types live long, and their deep hash is slow.
  private static final LoadingCache<ResourceType, TypeLinks> KNOWN =
      Caffeine.newBuilder().weakKeys().maximumSize(10_000).build(TypeLinks::read);

  TypeLinks {
    streamed = List.copyOf(streamed);
    expanded = List.copyOf(expanded);
  }

  static TypeLinks of(ResourceType type) {
    return KNOWN.get(type);
  }

  /** How the attribute is kept; only for link attributes. */
  static Link link(AttributePath path) {
    return path.attribute().link().orElseThrow();
  }

  static LinkSelector selector(AttributePath path) {
    Link link = link(path);
    return new LinkSelector(link.relation(), link.direction(), link.transitive());
  }

  private static TypeLinks read(ResourceType type) {
    List<AttributePath> streamed = new ArrayList<>();
    List<AttributePath> expanded = new ArrayList<>();
    Stream<AttributePath> core = paths(Optional.empty(), type.schema().attributes());
    Stream<AttributePath> more =
        type.extensions().stream()
            .flatMap(e -> paths(Optional.of(e.schema().id()), e.schema().attributes()));
    Stream.concat(core, more)
        .filter(path -> path.attribute().link().isPresent())
        .forEach(path -> (isStreamed(path) ? streamed : expanded).add(path));
    return new TypeLinks(streamed, expanded);
  }

  private static boolean isStreamed(AttributePath path) {
    return path.attribute().multiValued() && link(path).direction() == Direction.OUT;
  }

  private static Stream<AttributePath> paths(
      Optional<String> extension, List<Attribute> attributes) {
    return attributes.stream().map(a -> new AttributePath(extension, a, Optional.empty()));
  }
}
