package org.muster.scim.filter;

import java.util.List;
import java.util.Optional;
import org.muster.scim.ScimException;
import org.muster.scim.filter.Filter.And;
import org.muster.scim.filter.Filter.Comparison;
import org.muster.scim.filter.Filter.Or;
import org.muster.scim.filter.Filter.Presence;
import org.muster.scim.schema.Attribute.Link;
import org.muster.scim.schema.AttributePath;
import org.muster.storage.Expression;
import org.muster.storage.Expression.HasLink;
import org.muster.storage.Expression.LinkTest;
import org.muster.storage.StorageKey;

/**
 * Translates conditions on link attributes, whose values are no part of documents: by the id of the
 * other end, by its type, or whether there is a link at all.
 */
final class LinkConditions {
  private LinkConditions() {}

  /** There is a link. */
  static Expression of(AttributePath path) {
    if (path.sub().isPresent() && !isOneOf(path, "value", "$ref", "type")) {
      throw refused(path);
    }
    return has(link(path), new LinkTest.Any());
  }

  /** There is a link with that value or type. */
  static Expression of(AttributePath path, Comparison comparison) {
    if (comparison.operator() != FilterOperator.EQ) {
      throw refused(path);
    }
    String wanted = comparison.value().textValue();
    if (isOneOf(path, "value")) {
      return StorageKey.isId(wanted)
          ? has(link(path), new LinkTest.Id(wanted))
          : FilterTranslator.constant(false);
    }
    if (!isOneOf(path, "type")) {
      throw refused(path);
    }
    return link(path).transitive()
        ? byDistance(path, wanted, new LinkTest.Any())
        : byType(link(path), wanted);
  }

  /** There is a link that satisfies what stands in brackets. */
  static Expression ofElement(AttributePath path, Filter element) {
    if (element instanceof Comparison comparison) {
      return of(comparison.path(), comparison);
    }
    if (element instanceof Presence presence) {
      return of(presence.path());
    }
    if (element instanceof Or or) {
      return new Expression.Or(or.parts().stream().map(part -> ofElement(path, part)).toList());
    }
    if (element instanceof And and && link(path).transitive()) {
      return valueAndDistance(path, and.parts());
    }
    throw refused(path);
  }

  /** {@code groups[value eq "…" and type eq "direct"]}. */
  private static Expression valueAndDistance(AttributePath path, List<Filter> parts) {
    Optional<String> value = equalTo(parts, "value");
    Optional<String> distance = equalTo(parts, "type");
    if (parts.size() != 2 || value.isEmpty() || distance.isEmpty()) {
      throw refused(path);
    }
    return StorageKey.isId(value.get())
        ? byDistance(path, distance.get(), new LinkTest.Id(value.get()))
        : FilterTranslator.constant(false);
  }

  private static Optional<String> equalTo(List<Filter> parts, String sub) {
    for (Filter part : parts) {
      if (part instanceof Comparison comparison
          && comparison.operator() == FilterOperator.EQ
          && isOneOf(comparison.path(), sub)) {
        return Optional.of(comparison.value().textValue());
      }
    }
    return Optional.empty();
  }

  /** The type of a derived membership says whether it is direct. */
  private static Expression byDistance(AttributePath path, String wanted, LinkTest test) {
    Link link = link(path);
    if (wanted.equalsIgnoreCase("direct")) {
      return new HasLink(link.relation(), link.direction(), false, test);
    }
    if (wanted.equalsIgnoreCase("indirect")) {
      throw FilterTranslator.refused(
          path.attribute().name() + " can be filtered by the type \"direct\" alone");
    }
    return FilterTranslator.constant(false);
  }

  private static Expression byType(Link link, String wanted) {
    return link.types().stream()
        .filter(wanted::equalsIgnoreCase)
        .findFirst()
        .map(name -> has(link, new LinkTest.InCollection(name)))
        .orElse(FilterTranslator.constant(false));
  }

  private static Expression has(Link link, LinkTest test) {
    return new HasLink(link.relation(), link.direction(), link.transitive(), test);
  }

  private static Link link(AttributePath path) {
    return path.attribute().link().orElseThrow();
  }

  private static boolean isOneOf(AttributePath path, String... names) {
    return path.sub().filter(sub -> List.of(names).contains(sub.name())).isPresent();
  }

  private static ScimException refused(AttributePath path) {
    String name =
        new AttributePath(path.extension(), path.attribute(), Optional.empty()).toString();
    boolean typed = path.attribute().sub("type").isPresent();
    return FilterTranslator.refused(
        name
            + " are references: write "
            + name
            + ".value eq \"…\", "
            + (typed ? name + ".type eq \"…\", " : "")
            + name
            + " pr, or not (…) around one of them");
  }
}
