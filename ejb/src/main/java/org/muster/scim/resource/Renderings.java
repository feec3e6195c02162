package org.muster.scim.resource;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.muster.scim.projection.Selection;
import org.muster.scim.schema.ResourceType;
import org.muster.scim.schema.ResourceTypes;
import org.muster.storage.Linked;
import org.muster.storage.Stored;

/**
 * Keeps the bytes that resources are sent as by default, for as long as a cache keeps the documents
 * that they were made of: each is known by the very object that the cache gives. Thread-safe.
 */
public final class Renderings {
  /** Larger ones take little of the time that it takes to send them. */
  private static final int BYTES_MOST = 64 * 1024;

  private final ResourceTypes types;
  private final boolean kept;
  private final Cache<Stored, Sent> known = Caffeine.newBuilder().weakKeys().build();

  /**
   * What was sent, and what it was made with besides the document.
   *
   * @param others the types of the resources that are referred to, by name
   */
  private record Sent(
      View view,
      String baseUrl,
      Map<String, Optional<ResourceType>> others,
      Representation representation) {}

  /**
   * Makes an empty one.
   *
   * @param kept whether documents are kept at all, so that it is worth while
   */
  public Renderings(ResourceTypes types, boolean kept) {
    this.types = types;
    this.kept = kept;
  }

  /** The representation as it was kept, if what it was made with is the same still. */
  @SuppressWarnings("ReferenceEquality") // types are large; an equal other one is made use of anew
  Optional<Representation> find(RequestContext context, View view, Stored stored) {
    if (!kept) {
      return Optional.empty();
    }
    Sent sent = known.getIfPresent(stored);
    return sent != null
            && sent.view() == view // each type has one view by default, a changed type another one
            && sent.baseUrl().equals(context.baseUrl())
            && areSame(context, sent.others())
        ? Optional.of(sent.representation())
        : Optional.empty();
  }

  @SuppressWarnings("ReferenceEquality")
  private boolean areSame(RequestContext context, Map<String, Optional<ResourceType>> others) {
    for (Map.Entry<String, Optional<ResourceType>> other : others.entrySet()) {
      ResourceType now = types.byName(context.tenant(), other.getKey()).orElse(null);
      if (now != other.getValue().orElse(null)) {
        return false;
      }
    }
    return true;
  }

  /** The representation with its body as bytes, if it is one to be kept. */
  @SuppressWarnings("ReferenceEquality")
  Representation keep(RequestContext context, View view, Stored stored, Representation made) {
    if (!kept
        || !view.streamed().isEmpty()
        || View.of(view.type(), Selection.DEFAULT) != view
        || stored.document().text().length() > BYTES_MOST) {
      return made;
    }
    Map<String, Optional<ResourceType>> others = new LinkedHashMap<>();
    for (Linked link : stored.links()) {
      others.computeIfAbsent(
          link.other().collection(), name -> types.byName(context.tenant(), name));
    }
    ByteArrayOutputStream bytes = new ByteArrayOutputStream(stored.document().text().length() * 2);
    try {
      made.body().writeTo(bytes);
    } catch (IOException e) {
      throw new UncheckedIOException("Bytes can always be written", e);
    }
    Representation whole =
        new Representation(
            made.id(), made.etag(), made.location(), new Representation.Bytes(bytes.toByteArray()));
    if (bytes.size() <= BYTES_MOST) {
      known.put(stored, new Sent(view, context.baseUrl(), others, whole));
    }
    return whole;
  }
}
