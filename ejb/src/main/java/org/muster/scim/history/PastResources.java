package org.muster.scim.history;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import org.muster.scim.projection.Selection;
import org.muster.scim.resource.Condition;
import org.muster.scim.resource.ListRequest;
import org.muster.scim.resource.Representation;
import org.muster.scim.resource.RequestContext;
import org.muster.scim.resource.Resources;
import org.muster.scim.resource.Secrets;
import org.muster.scim.schema.Attribute;
import org.muster.scim.schema.ResourceType;
import org.muster.scim.schema.ResourceTypes;
import org.muster.storage.JsonDocument;
import org.muster.storage.StorageKey;
import org.muster.storage.StorageProvider;

/**
 * Resources as they were at a moment, which the parameter {@code at} names, for administrators: by
 * the same rules of filters, pages and projection as those of today. Thread-safe.
 */
public final class PastResources {
  private final Past past;
  private final Resources today;
  private final StorageProvider storage;
  private final ResourceTypes types;
  private final Secrets secrets;

  /**
   * The past of resources.
   *
   * @param today the operations on them as they are
   * @param storage where they are
   */
  public PastResources(
      Past past, Resources today, StorageProvider storage, ResourceTypes types, Secrets secrets) {
    this.past = past;
    this.today = today;
    this.storage = storage;
    this.types = types;
    this.secrets = secrets;
  }

  /** Reads a resource as it was; 404 if there was none. */
  public Representation get(
      RequestContext context, ResourceType type, String id, String at, Selection selection) {
    return at(context, Moment.parse(at), key(context, type, id)).get(context, type, id, selection);
  }

  /** Lists resources of one type as they were; {@code at} is a time. */
  public Representation.Body list(
      RequestContext context, ResourceType type, String at, ListRequest request) {
    return at(context, Moment.parse(at), Optional.empty()).list(context, type, request);
  }

  /** Pages the links of an attribute as they were. */
  public Representation.Body members(
      RequestContext context,
      ResourceType type,
      String id,
      String attribute,
      String at,
      Optional<String> cursor,
      OptionalInt count) {
    return at(context, Moment.parse(at), key(context, type, id))
        .members(context, type, id, attribute, cursor, count);
  }

  /**
   * Makes a live resource what it was: replaces it (RFC 7644 section 3.5.1) by what it was at the
   * moment, with what is never returned of it. References to what is there no more are left out; a
   * password stays as it is.
   */
  public Representation revert(
      RequestContext context,
      ResourceType type,
      String id,
      String at,
      Condition ifMatch,
      Selection selection) {
    Moment moment = Moment.parse(at);
    Optional<StorageKey> key = key(context, type, id);
    Representation before = at(context, moment, key).get(context, type, id, Selection.DEFAULT);
    ObjectNode body = read(before);
    body.remove("meta");
    key.flatMap(known -> past.at(context.tenant(), moment, key).get(known, List.of()))
        .ifPresent(stored -> addUntold(type, stored.document().tree(), body));
    dropLost(context, type, body);
    return today.replace(context, type, id, ifMatch, body, selection);
  }

  private Resources at(RequestContext context, Moment moment, Optional<StorageKey> resource) {
    History.requireAdministrator(context);
    return new Resources(
        past.at(context.tenant(), moment, resource),
        batch -> {
          throw new IllegalStateException("The past is not written");
        },
        types,
        secrets);
  }

  private static Optional<StorageKey> key(RequestContext context, ResourceType type, String id) {
    return StorageKey.isId(id)
        ? Optional.of(new StorageKey(context.tenant(), type.name(), id))
        : Optional.empty();
  }

  private static ObjectNode read(Representation representation) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try {
      representation.body().writeTo(out);
      return (ObjectNode) JsonDocument.MAPPER.readTree(out.toByteArray());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Adds what no answer tells, and a replace would take away. */
  private static void addUntold(ResourceType type, ObjectNode document, ObjectNode body) {
    addUntold(type.schema().attributes(), document, body);
    type.extensions()
        .forEach(
            extension -> {
              String id = extension.schema().id();
              if (document.get(id) instanceof ObjectNode part) {
                ObjectNode told =
                    body.get(id) instanceof ObjectNode known ? known : body.objectNode();
                addUntold(extension.schema().attributes(), part, told);
                if (!told.isEmpty()) {
                  body.set(id, told);
                }
              }
            });
  }

  private static void addUntold(List<Attribute> attributes, ObjectNode document, ObjectNode body) {
    for (Attribute attribute : attributes) {
      JsonNode value = document.get(attribute.name());
      if (value != null && attribute.link().isEmpty() && isUntold(attribute)) {
        body.set(attribute.name(), value.deepCopy());
      }
    }
  }

  /** Whether it, or a part of it, is never returned (RFC 7643 section 7). */
  private static boolean isUntold(Attribute attribute) {
    return attribute.returned() == Attribute.Returned.NEVER
        || attribute.subAttributes().stream().anyMatch(PastResources::isUntold);
  }

  /** Takes the references to what is not live out of a body. */
  private void dropLost(RequestContext context, ResourceType type, ObjectNode body) {
    Map<JsonNode, StorageKey> references = new HashMap<>();
    List<Runnable> drops = new ArrayList<>();
    collect(context, type.schema().attributes(), body, references, drops);
    type.extensions()
        .forEach(
            extension -> {
              if (body.get(extension.schema().id()) instanceof ObjectNode part) {
                collect(context, extension.schema().attributes(), part, references, drops);
              }
            });
    Set<StorageKey> live = storage.existing(new HashSet<>(references.values()));
    references.values().removeIf(live::contains);
    drops.forEach(Runnable::run);
  }

  /** Finds what links lead to; each drop takes those out that are left in the map. */
  private void collect(
      RequestContext context,
      List<Attribute> attributes,
      ObjectNode part,
      Map<JsonNode, StorageKey> references,
      List<Runnable> drops) {
    for (Attribute attribute : attributes) {
      JsonNode value = part.get(attribute.name());
      if (attribute.link().isEmpty() || value == null) {
        continue;
      }
      if (value instanceof ArrayNode array) {
        array.forEach(element -> note(context, element, references));
        drops.add(() -> keep(array, references));
      } else {
        note(context, value, references);
        drops.add(
            () -> {
              if (references.containsKey(value)) {
                part.remove(attribute.name());
              }
            });
      }
    }
  }

  private static void keep(ArrayNode array, Map<JsonNode, StorageKey> lost) {
    List<JsonNode> kept = new ArrayList<>();
    array.forEach(
        element -> {
          if (!lost.containsKey(element)) {
            kept.add(element);
          }
        });
    array.removeAll();
    array.addAll(kept);
  }

  /** The key of a reference, by the end of its URL. */
  private void note(
      RequestContext context, JsonNode reference, Map<JsonNode, StorageKey> references) {
    String[] segments = reference.path("$ref").asText().split("/", -1);
    String id = reference.path("value").asText();
    if (segments.length > 1 && StorageKey.isId(id)) {
      types
          .byEndpoint(context.tenant(), segments[segments.length - 2])
          .ifPresent(
              type -> references.put(reference, new StorageKey(context.tenant(), type.name(), id)));
    }
  }
}
