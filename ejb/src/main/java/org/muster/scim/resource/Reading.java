package org.muster.scim.resource;

import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.muster.scim.ScimException;
import org.muster.scim.schema.ResourceType;
import org.muster.scim.schema.ResourceTypes;
import org.muster.storage.Linked;
import org.muster.storage.StorageException;
import org.muster.storage.StorageKey;
import org.muster.storage.StorageProvider;
import org.muster.storage.Stored;

/** Reads one resource, and makes representations. */
final class Reading {
  private final StorageProvider storage;
  private final ResourceTypes types;
  private final LinkPages pages;
  private final Renderings renderings;

  Reading(StorageProvider storage, ResourceTypes types, Renderings renderings) {
    this.storage = storage;
    this.types = types;
    this.renderings = renderings;
    this.pages = new LinkPages(storage);
  }

  Representation get(RequestContext context, View view, String id) {
    StorageKey key = key(context, view.type(), id);
    return Failures.reading(
        () -> {
          Stored stored =
              storage.get(key, view.selectors()).orElseThrow(() -> notFound(view.type(), id));
          Optional<Representation> kept = renderings.find(context, view, stored);
          if (kept.isPresent()) {
            return kept.get();
          }
          // The first pages are read now, while a failure can still become an answer.
          Map<View.Shown, List<Linked>> first = new HashMap<>();
          for (View.Shown shown : view.streamed()) {
            first.put(shown, pages.first(key, shown.path()));
          }
          Representation made =
              representation(
                  context,
                  view,
                  stored,
                  (shown, resource, taker) ->
                      pages.forEach(
                          key, shown.path(), first.getOrDefault(shown, List.of()), taker));
          return renderings.keep(context, view, stored, made);
        });
  }

  /** A representation whose streamed links are read when it is written. */
  Representation representation(RequestContext context, View view, Stored stored) {
    return representation(context, view, stored, this::stream);
  }

  /** Reads and hands over all links of a resource. */
  void stream(View.Shown shown, Stored resource, LinkPages.Taker taker) throws IOException {
    pages.forEach(resource.key(), shown.path(), pages.first(resource.key(), shown.path()), taker);
  }

  private Representation representation(
      RequestContext context, View view, Stored stored, ResourceWriter.Streams streams) {
    String id = stored.key().id();
    String tag = EntityTags.of(stored.version(), stored.links());
    return new Representation(
        id,
        tag,
        location(context, view.type(), id),
        out -> {
          try (JsonGenerator json = Json.to(out)) {
            new ResourceWriter(view, new LinkJson(context, types))
                .write(json, stored, tag, streams);
          } catch (StorageException e) {
            throw Failures.ofRead(e);
          }
        });
  }

  /** The key of a resource; 404 if there can be none with that id. */
  static StorageKey key(RequestContext context, ResourceType type, String id) {
    if (!StorageKey.isId(id)) {
      throw notFound(type, id);
    }
    return new StorageKey(context.tenant(), type.name(), id);
  }

  static String location(RequestContext context, ResourceType type, String id) {
    return context.baseUrl() + "/" + type.endpoint() + "/" + id;
  }

  static ScimException notFound(ResourceType type, String id) {
    return ScimException.notFound("There is no " + type.name() + " with the id " + id);
  }
}
