package org.muster.scim.resource;

import com.fasterxml.jackson.core.JsonGenerator;
import java.io.DataInputStream;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import org.muster.kernel.TenantId;
import org.muster.scim.ScimException;
import org.muster.scim.policy.Limits;
import org.muster.scim.schema.AttributePath;
import org.muster.scim.schema.AttributePaths;
import org.muster.scim.schema.ResourceType;
import org.muster.scim.schema.ResourceTypes;
import org.muster.storage.LinkQuery;
import org.muster.storage.Linked;
import org.muster.storage.StorageKey;
import org.muster.storage.StorageProvider;

/**
 * Pages the values of a link attribute of one resource by cursor. This is Muster's own: SCIM can
 * give the members of a group only all at once.
 */
final class MemberListing {
  private final StorageProvider storage;
  private final ResourceTypes types;

  MemberListing(StorageProvider storage, ResourceTypes types) {
    this.storage = storage;
    this.types = types;
  }

  Representation.Body list(
      RequestContext context,
      ResourceType type,
      String id,
      String attribute,
      Optional<String> cursor,
      OptionalInt count) {
    AttributePath path =
        AttributePaths.resolve(type, attribute)
            .filter(TypeLinks.of(type).streamed()::contains)
            .orElseThrow(
                () -> ScimException.notFound(type.name() + " has no list of " + attribute));
    StorageKey key = Reading.key(context, type, id);
    Limits limits = context.policy().limits();
    int size = Math.max(1, Listing.cursorCount(count.orElse(limits.defaultPageSize()), limits));
    String question =
        Cursors.question("links", key.tenant().value(), type.name(), id, path.toString());
    Optional<LinkQuery.Position> after =
        cursor
            .filter(text -> !text.isEmpty())
            .map(text -> Cursors.decode(question, text, in -> read(in, key)));
    List<Linked> found =
        Failures.reading(
            () -> {
              if (storage.existing(Set.of(key)).isEmpty()) {
                throw Reading.notFound(type, id);
              }
              // One more than wanted says whether there is a next page.
              return new LinkPages(storage).page(List.of(key), path, after, size + 1);
            });
    return body(context, path, question, found, size, after.isEmpty());
  }

  private static LinkQuery.Position read(DataInputStream in, StorageKey anchor) throws IOException {
    TenantId tenant = anchor.tenant();
    return new LinkQuery.Position(anchor, new StorageKey(tenant, in.readUTF(), in.readUTF()));
  }

  private Representation.Body body(
      RequestContext context,
      AttributePath path,
      String question,
      List<Linked> found,
      int size,
      boolean isFirst) {
    boolean isLast = found.size() <= size;
    List<Linked> items = isLast ? found : found.subList(0, size);
    View.Shown all = new View.Shown(path, path.attribute().subAttributes());
    return out -> {
      LinkJson links = new LinkJson(context, types);
      try (JsonGenerator json = Json.to(out)) {
        json.writeStartObject();
        Listing.writeSchemas(json);
        if (isFirst && isLast) {
          json.writeNumberField("totalResults", items.size());
        }
        json.writeNumberField("itemsPerPage", items.size());
        if (!isLast) {
          json.writeStringField("nextCursor", cursor(question, items.get(size - 1).other()));
        }
        json.writeArrayFieldStart("Resources");
        for (Linked item : items) {
          links.write(json, all, item);
        }
        json.writeEndArray();
        json.writeEndObject();
      }
    };
  }

  private static String cursor(String question, StorageKey last) {
    return Cursors.encode(
        question,
        out -> {
          out.writeUTF(last.collection());
          out.writeUTF(last.id());
        });
  }
}
