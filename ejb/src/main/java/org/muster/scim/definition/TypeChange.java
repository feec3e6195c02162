package org.muster.scim.definition;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import org.muster.scim.filter.SearchKeys;
import org.muster.scim.schema.Attribute;
import org.muster.scim.schema.Attribute.Link;
import org.muster.scim.schema.Attribute.Mutability;
import org.muster.scim.schema.Attribute.Uniqueness;
import org.muster.scim.schema.AttributePath;
import org.muster.scim.schema.ResourceType;
import org.muster.scim.schema.ResourceType.Extension;
import org.muster.storage.Expression;
import org.muster.storage.Expression.HasLink;
import org.muster.storage.Expression.LinkTest;
import org.muster.storage.LinkSelector.Direction;
import org.muster.storage.Path;

/**
 * What changes between two definitions of a resource type, and which stored resources would stand
 * against it. What is not named here (descriptions, canonical values, when an attribute is
 * returned, new optional attributes) contradicts nothing.
 */
final class TypeChange {
  /**
   * Something that some resources could stand against.
   *
   * @param what the change, in words that end a sentence
   */
  record Objection(String what, Predicate<ObjectNode> stands) {}

  /** The same for links, which are no part of documents. */
  record LinkObjection(String what, Expression stands) {}

  private final List<Objection> objections = new ArrayList<>();
  private final List<LinkObjection> links = new ArrayList<>();
  private final Set<String> unique = new HashSet<>();

  private TypeChange() {}

  static TypeChange between(ResourceType before, ResourceType after) {
    TypeChange change = new TypeChange();
    change.compareTypes(before, after);
    return change;
  }

  List<Objection> objections() {
    return objections;
  }

  List<LinkObjection> links() {
    return links;
  }

  /** The attributes that become unique. */
  Set<String> unique() {
    return unique;
  }

  /**
   * The searchable paths of {@code after} that the documents of {@code before} lack the keys of.
   */
  static List<String> unprepared(ResourceType before, ResourceType after) {
    Set<Path> known = new HashSet<>(SearchKeys.indexedPaths(before));
    return SearchKeys.indexedPaths(after.withPending(List.of())).stream()
        .filter(path -> !known.contains(path))
        .map(Path::name)
        .toList();
  }

  private void compareTypes(ResourceType before, ResourceType after) {
    if (!before.schema().id().equals(after.schema().id())) {
      objections.add(new Objection("its schema becomes another one", document -> true));
      return;
    }
    if (!before.endpoint().equals(after.endpoint())) {
      objections.add(new Objection("its endpoint changes", document -> true));
    }
    compare(Optional.empty(), before.schema().attributes(), after.schema().attributes());
    for (Extension extension : before.extensions()) {
      String urn = extension.schema().id();
      Optional<Extension> kept = after.extension(urn).filter(e -> e.schema().id().equals(urn));
      if (kept.isEmpty()) {
        objections.add(new Objection(urn + " is removed", document -> document.has(urn)));
        extension.schema().attributes().forEach(a -> removedLink(path(Optional.of(urn), a)));
      } else {
        if (kept.get().required() && !extension.required()) {
          objections.add(new Objection(urn + " becomes required", document -> !document.has(urn)));
        }
        compare(
            Optional.of(urn), extension.schema().attributes(), kept.get().schema().attributes());
      }
    }
    for (Extension added : after.extensions()) {
      String urn = added.schema().id();
      if (added.required() && before.extension(urn).isEmpty()) {
        objections.add(new Objection(urn + " becomes required", document -> !document.has(urn)));
      }
    }
  }

  private static AttributePath path(Optional<String> extension, Attribute attribute) {
    return new AttributePath(extension, attribute, Optional.empty());
  }

  private void compare(Optional<String> urn, List<Attribute> before, List<Attribute> after) {
    for (Attribute old : before) {
      Optional<Attribute> now = after.stream().filter(a -> a.name().equals(old.name())).findFirst();
      if (now.isPresent()) {
        compare(path(urn, old), old, now.get());
      } else {
        removed(path(urn, old));
      }
    }
    for (Attribute now : after) {
      if (before.stream().noneMatch(a -> a.name().equals(now.name()))) {
        if (now.required()) {
          required(path(urn, now), now);
        }
      }
    }
  }

  private void removed(AttributePath path) {
    if (path.attribute().link().isPresent()) {
      removedLink(path);
    } else {
      objections.add(new Objection(path + " is removed", hasValue(path)));
    }
  }

  private void removedLink(AttributePath path) {
    path.attribute()
        .link()
        .filter(link -> link.direction() == Direction.OUT)
        .ifPresent(link -> links.add(new LinkObjection(path + " is removed", any(link))));
  }

  private void compare(AttributePath path, Attribute old, Attribute now) {
    if (old.link().isPresent() || now.link().isPresent()) {
      compareLinks(path, old, now);
      return;
    }
    String different = difference(old, now);
    if (!different.isEmpty()) {
      objections.add(new Objection(path + " changes its " + different, hasValue(path)));
      return;
    }
    if (now.required() && !old.required()) {
      required(path, now);
    }
    boolean wasUnique = old.uniqueness() != Uniqueness.NONE;
    boolean isUnique = now.uniqueness() != Uniqueness.NONE;
    if (isUnique && !wasUnique) {
      unique.add(path.toString());
    } else if (wasUnique && !isUnique) {
      objections.add(new Objection(path + " is unique no longer", hasValue(path)));
    }
    if (old.type() == Attribute.Type.COMPLEX) {
      compareSubs(path, old, now);
    }
  }

  private static String difference(Attribute old, Attribute now) {
    if (old.type() != now.type()) {
      return "type";
    }
    if (old.multiValued() != now.multiValued()) {
      return "multiValued";
    }
    boolean text = old.type() == Attribute.Type.STRING;
    if (text && old.caseExact() != now.caseExact()) {
      return "caseExact";
    }
    return isSecret(old) != isSecret(now) ? "mutability from or to writeOnly" : "";
  }

  private static boolean isSecret(Attribute attribute) {
    return attribute.mutability() == Mutability.WRITE_ONLY;
  }

  private void compareSubs(AttributePath path, Attribute old, Attribute now) {
    for (Attribute sub : old.subAttributes()) {
      AttributePath place = sub(path, sub);
      Optional<Attribute> kept =
          now.subAttributes().stream().filter(a -> a.name().equals(sub.name())).findFirst();
      if (kept.isEmpty()) {
        objections.add(new Objection(place + " is removed", hasValue(place)));
        continue;
      }
      String different = difference(sub, kept.get());
      if (!different.isEmpty()) {
        objections.add(new Objection(place + " changes its " + different, hasValue(place)));
      } else if (kept.get().required() && !sub.required()) {
        objections.add(new Objection(place + " becomes required", lacks(place)));
      }
    }
    for (Attribute sub : now.subAttributes()) {
      boolean added = old.subAttributes().stream().noneMatch(a -> a.name().equals(sub.name()));
      if (added && sub.required()) {
        AttributePath place = sub(path, sub);
        objections.add(new Objection(place + " becomes required", lacks(place)));
      }
    }
  }

  private static AttributePath sub(AttributePath path, Attribute sub) {
    return new AttributePath(path.extension(), path.attribute(), Optional.of(sub));
  }

  private void compareLinks(AttributePath path, Attribute old, Attribute now) {
    if (old.link().isEmpty()) {
      objections.add(new Objection(path + " becomes a link", hasValue(path)));
      return;
    }
    Link before = old.link().get();
    if (before.direction() == Direction.IN) {
      return; // derived: nothing is stored
    }
    boolean same =
        now.link().isPresent()
            && now.link().get().direction() == Direction.OUT
            && now.link().get().relation().equals(before.relation())
            && old.multiValued() == now.multiValued();
    if (!same) {
      links.add(new LinkObjection(path + " becomes another link or none", any(before)));
      return;
    }
    for (String type : before.types()) {
      if (!now.link().get().types().contains(type)) {
        links.add(
            new LinkObjection(
                path + " no longer leads to " + type,
                new HasLink(
                    before.relation(), Direction.OUT, false, new LinkTest.InCollection(type))));
      }
    }
    if (now.required() && !old.required()) {
      required(path, now);
    }
  }

  private static HasLink any(Link link) {
    return new HasLink(link.relation(), link.direction(), false, new LinkTest.Any());
  }

  private void required(AttributePath path, Attribute now) {
    String what = path + " becomes required";
    if (now.link().isPresent()) {
      links.add(new LinkObjection(what, new Expression.Not(any(now.link().get()))));
    } else if (isSecret(now)) {
      objections.add(new Objection(what, document -> true));
    } else {
      objections.add(new Objection(what, lacks(path)));
    }
  }

  /** A secret is kept elsewhere: whoever has one can't be told from who has none. */
  private static Predicate<ObjectNode> hasValue(AttributePath path) {
    if (isSecret(path.attribute())) {
      return document -> true;
    }
    return document -> {
      JsonNode value = value(document, path);
      if (path.sub().isEmpty()) {
        return !isMissing(value);
      }
      String name = path.sub().get().name();
      for (JsonNode element : value.isArray() ? value : List.of(value)) {
        if (!isMissing(element.path(name))) {
          return true;
        }
      }
      return false;
    };
  }

  private static Predicate<ObjectNode> lacks(AttributePath path) {
    return document -> {
      if (path.extension().filter(urn -> !document.has(urn)).isPresent()) {
        return false;
      }
      JsonNode value = value(document, path);
      if (path.sub().isEmpty()) {
        return isMissing(value);
      }
      String name = path.sub().get().name();
      for (JsonNode element : value.isArray() ? value : List.of(value)) {
        if (element.isObject() && isMissing(element.path(name))) {
          return true;
        }
      }
      return false;
    };
  }

  private static JsonNode value(ObjectNode document, AttributePath path) {
    JsonNode root = path.extension().isPresent() ? document.path(path.extension().get()) : document;
    return root.path(path.attribute().name());
  }

  private static boolean isMissing(JsonNode value) {
    return value.isMissingNode()
        || value.isNull()
        || (value.isTextual() && value.textValue().isBlank())
        || (value.isContainerNode() && value.isEmpty());
  }
}
