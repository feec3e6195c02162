package org.muster.scim.definition;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.muster.scim.ScimException;
import org.muster.scim.schema.Attribute;
import org.muster.scim.schema.ResourceType;
import org.muster.scim.schema.TypeCatalog;

/** The types at the other end of a type's links. */
final class LinkEnds {
  private LinkEnds() {}

  /**
   * Refuses links that a change adds to a type that there is not. Those that lost theirs by the
   * removal of a type stay: there can be none of them.
   *
   * @throws ScimException 400 invalidValue
   */
  static void check(TypeCatalog before, TypeCatalog after) {
    for (ResourceType type : after.types()) {
      Set<String> old =
          Set.copyOf(before.byName(type.name()).map(LinkEnds::of).orElse(Map.of()).keySet());
      of(type)
          .forEach(
              (end, attribute) -> {
                if (after.byName(end).isEmpty() && !old.contains(end)) {
                  throw ScimException.badRequest(
                      ScimException.Type.INVALID_VALUE,
                      "x-link: the links "
                          + attribute
                          + " of "
                          + type.name()
                          + " lead to "
                          + end
                          + ", which is no resource type of the tenant; register that first");
                }
              });
    }
  }

  /** Each type with an attribute whose links lead to it, or come from it. */
  private static Map<String, String> of(ResourceType type) {
    List<Attribute> attributes = new ArrayList<>(type.schema().attributes());
    type.extensions().forEach(each -> attributes.addAll(each.schema().attributes()));
    Map<String, String> ends = new LinkedHashMap<>();
    for (Attribute attribute : attributes) {
      attribute
          .link()
          .ifPresent(link -> link.types().forEach(end -> ends.putIfAbsent(end, attribute.name())));
    }
    return ends;
  }
}
