package org.muster.scim.resource;

import com.fasterxml.jackson.databind.node.ObjectNode;
import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.LoadingCache;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.muster.scim.projection.Projection;
import org.muster.scim.projection.Selection;
import org.muster.scim.schema.Attribute;
import org.muster.scim.schema.AttributePath;
import org.muster.scim.schema.CommonAttributes;
import org.muster.scim.schema.ResourceType;
import org.muster.storage.LinkSelector;
import org.muster.storage.Linked;

/**
 * What of a resource a response shows.
 *
 * @param expanded the link attributes that are read along with the document
 * @param streamed the link attributes that are read page by page while the response is written
 * @param meta the sub-attributes of meta
 * @param selectors which links to read along with the document
 */
record View(
    ResourceType type,
    Projection projection,
    List<Shown> expanded,
    List<Shown> streamed,
    Set<String> meta,
    List<LinkSelector> selectors) {
  // Weak keys compare by identity: resource types live long, and their deep hash is slow.
  private static final LoadingCache<ResourceType, View> DEFAULTS =
      Caffeine.newBuilder()
          .weakKeys()
          .maximumSize(10_000)
          .build(type -> make(type, Selection.DEFAULT));

  /** A link attribute and those of its sub-attributes that are shown. */
  record Shown(AttributePath path, List<Attribute> subs) {
    Shown {
      subs = List.copyOf(subs);
    }

    /** Those of the links that are values of this attribute. */
    List<Linked> of(List<Linked> links) {
      Attribute.Link kind = TypeLinks.link(path);
      return links.stream()
          .filter(
              link ->
                  link.relation().equals(kind.relation()) && link.direction() == kind.direction())
          .toList();
    }
  }

  View {
    expanded = List.copyOf(expanded);
    streamed = List.copyOf(streamed);
    meta = Set.copyOf(meta);
    selectors = List.copyOf(selectors);
  }

  static View of(ResourceType type, Selection selection) {
    return selection.equals(Selection.DEFAULT) ? DEFAULTS.get(type) : make(type, selection);
  }

  private static View make(ResourceType type, Selection selection) {
    Projection projection = Projection.of(type, selection);
    TypeLinks links = TypeLinks.of(type);
    List<Shown> expanded = shown(projection, links.expanded());
    return new View(
        type,
        projection,
        expanded,
        shown(projection, links.streamed()),
        subs(
                projection,
                new AttributePath(Optional.empty(), CommonAttributes.META, Optional.empty()))
            .stream()
            .map(Attribute::name)
            .collect(Collectors.toSet()),
        expanded.stream().map(shown -> TypeLinks.selector(shown.path())).toList());
  }

  /** Whether a link attribute of an extension is shown. */
  boolean hasExtensionLinks() {
    return expanded.stream().anyMatch(shown -> shown.path().extension().isPresent())
        || streamed.stream().anyMatch(shown -> shown.path().extension().isPresent());
  }

  /** Whether the whole of the stored document is shown. */
  boolean isVerbatim() {
    return projection.isWhole();
  }

  /** What is shown of a stored document; not to be changed. */
  ObjectNode document(ObjectNode stored) {
    return isVerbatim() ? stored : projection.apply(stored);
  }

  private static List<Shown> shown(Projection projection, List<AttributePath> paths) {
    return paths.stream()
        .map(path -> new Shown(path, subs(projection, path)))
        .filter(shown -> !shown.subs().isEmpty())
        .toList();
  }

  private static List<Attribute> subs(Projection projection, AttributePath path) {
    return path.attribute().subAttributes().stream()
        .filter(
            sub ->
                projection.shows(
                    new AttributePath(path.extension(), path.attribute(), Optional.of(sub))))
        .toList();
  }
}
