package org.muster.scim.schema;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.muster.scim.schema.Attribute.Link;
import org.muster.scim.schema.ResourceType.Extension;
import org.muster.storage.LinkSelector.Direction;

/** Which types may stand at the other end of the links of a resource type. */
final class LinkTypes {
  private static final int MAX_TYPES = 50;

  private LinkTypes() {}

  /**
   * The core schema with the types that the member {@code x-link-types} adds to its links, for
   * instance {"members": ["Device"]}.
   */
  static SchemaDefinition widen(DefinitionNode type, SchemaDefinition schema) {
    Optional<DefinitionNode> found = type.object("x-link-types");
    if (found.isEmpty()) {
      return schema;
    }
    List<Attribute> attributes = new ArrayList<>(schema.attributes());
    for (Iterator<String> names = found.get().json().fieldNames(); names.hasNext(); ) {
      String name = names.next();
      int at = find(attributes, name);
      if (at < 0) {
        throw type.bad("x-link-types", "must name attributes that are links, for instance members");
      }
      attributes.set(at, widen(found.get(), attributes.get(at), found.get().texts(name)));
    }
    return new SchemaDefinition(schema.id(), schema.name(), schema.description(), attributes);
  }

  private static int find(List<Attribute> attributes, String name) {
    for (int i = 0; i < attributes.size(); i++) {
      Optional<Link> link = attributes.get(i).link();
      if (attributes.get(i).name().equals(name)
          && link.isPresent()
          && link.get().direction() == Direction.OUT) {
        return i;
      }
    }
    return -1;
  }

  private static Attribute widen(DefinitionNode node, Attribute attribute, List<String> more) {
    Link link = attribute.link().orElseThrow();
    List<String> types = union(link.types(), more);
    if (types.size() > MAX_TYPES) {
      throw node.bad(attribute.name(), "must name at most " + MAX_TYPES + " types");
    }
    List<Attribute> subs = attribute.subAttributes().stream().map(sub -> widen(sub, more)).toList();
    return with(
        attribute,
        attribute.canonicalValues(),
        attribute.referenceTypes(),
        subs,
        Optional.of(new Link(link.relation(), link.direction(), link.transitive(), types)));
  }

  private static Attribute widen(Attribute sub, List<String> more) {
    boolean named = sub.name().equals("type");
    boolean referred = sub.name().equals("$ref");
    return with(
        sub,
        named ? union(sub.canonicalValues(), more) : sub.canonicalValues(),
        referred ? union(sub.referenceTypes(), more) : sub.referenceTypes(),
        sub.subAttributes(),
        sub.link());
  }

  private static Attribute with(
      Attribute attribute,
      List<String> canonicalValues,
      List<String> referenceTypes,
      List<Attribute> subAttributes,
      Optional<Link> link) {
    return new Attribute(
        attribute.name(),
        attribute.type(),
        attribute.multiValued(),
        attribute.description(),
        attribute.required(),
        canonicalValues,
        attribute.caseExact(),
        attribute.mutability(),
        attribute.returned(),
        attribute.uniqueness(),
        referenceTypes,
        subAttributes,
        link);
  }

  private static List<String> union(List<String> some, List<String> more) {
    List<String> all = new ArrayList<>(some);
    more.stream().filter(each -> !all.contains(each)).forEach(all::add);
    return all;
  }

  /** Refuses two attributes whose links could not be told apart. */
  static void checkRelations(
      DefinitionNode type, SchemaDefinition schema, List<Extension> extensions) {
    Set<String> seen = new HashSet<>();
    check(type, "schema", schema, seen);
    extensions.forEach(each -> check(type, "schemaExtensions", each.schema(), seen));
  }

  private static void check(
      DefinitionNode type, String member, SchemaDefinition schema, Set<String> seen) {
    for (Attribute attribute : schema.attributes()) {
      Optional<Link> link = attribute.link();
      if (link.isPresent() && !seen.add(link.get().relation() + " " + link.get().direction())) {
        throw type.bad(
            member,
            "has two attributes with links of the relation "
                + link.get().relation()
                + ", one of them "
                + attribute.name());
      }
    }
  }
}
