package org.muster.scim.projection;

import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.muster.scim.ScimException;
import org.muster.scim.schema.Attribute;
import org.muster.scim.schema.Attribute.Mutability;
import org.muster.scim.schema.Attribute.Returned;
import org.muster.scim.schema.AttributePath;
import org.muster.scim.schema.AttributePaths;
import org.muster.scim.schema.CommonAttributes;
import org.muster.scim.schema.ResourceType;

/** Works a {@link Projection} out: for one type and one selection, once. */
final class ProjectionRules {
  private final ResourceType type;
  private final boolean asked;

  /** Paths and lower-case schema URNs that are named, by either parameter. */
  private final Set<String> named = new HashSet<>();

  private final Set<String> partial = new HashSet<>();
  private boolean heldBack;

  ProjectionRules(ResourceType type, Selection selection) {
    if (!selection.attributes().isEmpty() && !selection.excluded().isEmpty()) {
      throw ScimException.badRequest(
          ScimException.Type.INVALID_VALUE,
          "attributes and excludedAttributes exclude each other; give one of them");
    }
    this.type = type;
    this.asked = !selection.attributes().isEmpty();
    Stream.concat(selection.attributes().stream(), selection.excluded().stream())
        .forEach(this::name);
  }

  Projection projection() {
    List<Attribute> attributes =
        Stream.concat(CommonAttributes.ALL.stream(), type.schema().attributes().stream()).toList();
    Map<String, Set<String>> core = shown(Optional.empty(), type.schema().id(), attributes);
    Map<String, Map<String, Set<String>>> extensions =
        type.extensions().stream()
            .map(ResourceType.Extension::schema)
            .collect(
                Collectors.toMap(
                    schema -> schema.id(),
                    schema -> shown(Optional.of(schema.id()), schema.id(), schema.attributes())));
    return new Projection(
        core, Map.copyOf(extensions), Set.copyOf(partial), !asked && named.isEmpty() && !heldBack);
  }

  private void name(String text) {
    AttributePaths.resolve(type, text.strip())
        .map(AttributePath::toString)
        .or(() -> Optional.of(lower(text.strip())))
        .ifPresent(named::add);
  }

  private Map<String, Set<String>> shown(
      Optional<String> extension, String urn, List<Attribute> attributes) {
    boolean schemaNamed = named.contains(lower(urn));
    Map<String, Set<String>> shown = new HashMap<>();
    for (Attribute attribute : attributes) {
      boolean bySchema = schemaNamed && !CommonAttributes.ALL.contains(attribute);
      AttributePath path = new AttributePath(extension, attribute, Optional.empty());
      boolean simple = attribute.subAttributes().isEmpty();
      Set<String> subs = new HashSet<>();
      for (Attribute sub : attribute.subAttributes()) {
        if (isShown(path, sub, bySchema)) {
          subs.add(sub.name());
        }
      }
      if (simple ? isShown(path, bySchema) : !subs.isEmpty()) {
        shown.put(attribute.name(), Set.copyOf(subs));
        if (subs.size() < attribute.subAttributes().size()) {
          partial.add(path.toString());
        }
      }
      noteHeldBack(attribute);
    }
    return Map.copyOf(shown);
  }

  private boolean isShown(AttributePath path, boolean bySchema) {
    return isShown(path.attribute().returned(), named.contains(path.toString()), bySchema);
  }

  /** By itself, as {@code returned} has it, if nobody says more of it. */
  private boolean isShown(Returned returned, boolean byName, boolean bySchema) {
    return switch (returned) {
      case ALWAYS -> true;
      case NEVER -> false;
      case DEFAULT -> asked == (byName || bySchema);
      case REQUEST -> asked && byName;
    };
  }

  private boolean isShown(AttributePath parent, Attribute sub, boolean bySchema) {
    boolean subNamed =
        named.contains(
            new AttributePath(parent.extension(), parent.attribute(), Optional.of(sub)).toString());
    if (parent.attribute().returned() == Returned.NEVER || sub.returned() == Returned.NEVER) {
      return false;
    }
    boolean parentShown = isShown(parent, bySchema);
    if (!asked) {
      boolean kept = sub.returned() == Returned.ALWAYS || !subNamed;
      return parentShown && kept && sub.returned() != Returned.REQUEST;
    }
    if (subNamed) {
      return true;
    }
    return switch (sub.returned()) {
      case ALWAYS -> parentShown || anySubNamed(parent);
      case DEFAULT -> parentShown && !(isAlwaysAlone(parent, bySchema) && anySubNamed(parent));
      case NEVER, REQUEST -> false;
    };
  }

  /** Whether the parent is shown without having been asked for. */
  private boolean isAlwaysAlone(AttributePath parent, boolean bySchema) {
    return !bySchema && !named.contains(parent.toString());
  }

  private boolean anySubNamed(AttributePath parent) {
    String prefix = parent + ".";
    return parent.attribute().subAttributes().stream()
        .anyMatch(sub -> named.contains(prefix + sub.name()));
  }

  /** A value that is written only is not stored in the clear, and so not held back. */
  private void noteHeldBack(Attribute attribute) {
    heldBack |= isStoredAndHidden(attribute);
    heldBack |= attribute.subAttributes().stream().anyMatch(ProjectionRules::isStoredAndHidden);
  }

  private static boolean isStoredAndHidden(Attribute attribute) {
    return attribute.mutability() != Mutability.WRITE_ONLY
        && (attribute.returned() == Returned.NEVER || attribute.returned() == Returned.REQUEST);
  }

  private static String lower(String text) {
    return text.toLowerCase(Locale.ROOT);
  }
}
