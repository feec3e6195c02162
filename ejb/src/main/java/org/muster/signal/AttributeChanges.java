package org.muster.signal;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.muster.scim.projection.Projection;
import org.muster.scim.schema.Attribute;
import org.muster.scim.schema.AttributePath;
import org.muster.scim.schema.CommonAttributes;
import org.muster.scim.schema.ResourceType;
import org.muster.scim.schema.ResourceType.Extension;

/**
 * Which attributes of a resource were changed, as a SCIM PATCH can name them (RFC 7644 section
 * 3.5.2): lists as a whole, complex attributes by their parts. Those that a response does not show
 * are left out. For one thread.
 */
final class AttributeChanges {
  private static final Set<String> SERVERS_OWN = Set.of("schemas", "id", "meta");

  private final ResourceType type;
  private final Projection projection;
  private final Map<String, AttributePath> changed = new LinkedHashMap<>();

  private AttributeChanges(ResourceType type, Projection projection) {
    this.type = type;
    this.projection = projection;
  }

  /** What a JSON Patch (RFC 6902) of the document changes. */
  static Collection<AttributePath> ofPatch(
      ResourceType type, Projection projection, JsonNode changes) {
    AttributeChanges found = new AttributeChanges(type, projection);
    changes.forEach(change -> found.addPatched(change));
    return found.changed.values();
  }

  /**
   * What differs between two states of the document.
   *
   * @param before what there was; an empty object if that is not known
   */
  static Collection<AttributePath> ofStates(
      ResourceType type, Projection projection, ObjectNode before, ObjectNode after) {
    AttributeChanges found = new AttributeChanges(type, projection);
    for (String name : names(before, after)) {
      if (type.extension(name).isPresent()) {
        Optional<Extension> extension = type.extension(name);
        ObjectNode old = object(before.get(name));
        ObjectNode made = object(after.get(name));
        names(old, made).forEach(part -> found.addDiffering(extension, part, old, made));
      } else {
        found.addDiffering(Optional.empty(), name, before, after);
      }
    }
    return found.changed.values();
  }

  private void addPatched(JsonNode change) {
    List<String> names = names(change.path("path").asText());
    if (names.isEmpty()) {
      return;
    }
    Optional<Extension> extension = type.extension(names.get(0));
    if (extension.isEmpty()) {
      add(extension, names);
    } else if (names.size() > 1) {
      add(extension, names.subList(1, names.size()));
    } else {
      for (String name : names(object(change.get("value")), object(change.get("fromValue")))) {
        add(extension, List.of(name));
      }
    }
  }

  private void addDiffering(
      Optional<Extension> extension, String name, ObjectNode before, ObjectNode after) {
    JsonNode old = before.get(name);
    JsonNode made = after.get(name);
    if (Objects.equals(old, made)) {
      return;
    }
    if (old instanceof ObjectNode oldParts && made instanceof ObjectNode madeParts) {
      for (String part : names(oldParts, madeParts)) {
        if (!Objects.equals(oldParts.get(part), madeParts.get(part))) {
          add(extension, List.of(name, part));
        }
      }
    } else {
      add(extension, List.of(name));
    }
  }

  /** Adds the attribute of a name, or the part of it that is named further. */
  private void add(Optional<Extension> extension, List<String> names) {
    attribute(extension, names.get(0))
        .ifPresent(
            attribute -> {
              Optional<Attribute> sub =
                  attribute.multiValued() || names.size() == 1
                      ? Optional.empty()
                      : attribute.sub(names.get(1));
              AttributePath path =
                  new AttributePath(extension.map(e -> e.schema().id()), attribute, sub);
              if (projection.shows(path)) {
                changed.putIfAbsent(path.toString(), path);
              }
            });
  }

  private Optional<Attribute> attribute(Optional<Extension> extension, String name) {
    if (extension.isPresent()) {
      return extension.get().schema().attribute(name);
    }
    return type.schema()
        .attribute(name)
        .or(
            () ->
                CommonAttributes.ALL.stream()
                    .filter(common -> common.name().equals(name))
                    .filter(common -> !SERVERS_OWN.contains(name))
                    .findFirst());
  }

  private static Set<String> names(ObjectNode one, ObjectNode other) {
    Set<String> names = new LinkedHashSet<>();
    one.fieldNames().forEachRemaining(names::add);
    other.fieldNames().forEachRemaining(names::add);
    return names;
  }

  private static ObjectNode object(@Nullable JsonNode node) {
    return node instanceof ObjectNode object ? object : ScimEvents.object();
  }

  /** The names of a JSON Pointer (RFC 6901). */
  private static List<String> names(String pointer) {
    return new ArrayList<>(
        Arrays.stream(pointer.split("/", -1))
            .skip(1)
            .map(part -> part.replace("~1", "/").replace("~0", "~"))
            .toList());
  }
}
