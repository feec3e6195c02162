package org.muster.scim.resource;

import com.fasterxml.jackson.core.JsonGenerator;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import org.muster.scim.ScimException;
import org.muster.scim.policy.Leniency;
import org.muster.scim.policy.Limits;
import org.muster.scim.resource.MergedParts.Hit;
import org.muster.scim.resource.RootParts.Part;
import org.muster.scim.schema.ResourceTypes;
import org.muster.storage.Found;
import org.muster.storage.Query;
import org.muster.storage.StorageException;
import org.muster.storage.StorageProvider;
import org.muster.storage.Stored;

/**
 * Lists and searches the resources of all types (RFC 7644 sections 3.4.2.1 and 3.4.3), by index or
 * by cursor: one type after the other in the order of their registration, each by id; or in the
 * order that the client asks for.
 */
final class RootListing {
  private static final int SKIPPED_AT_ONCE = 1_000;

  private final StorageProvider storage;
  private final ResourceTypes types;
  private final Listing listing;

  RootListing(StorageProvider storage, ResourceTypes types, Listing listing) {
    this.storage = storage;
    this.types = types;
    this.listing = listing;
  }

  /** A page of an answer and what is said of it. */
  private record Page(
      List<Hit> hits, OptionalLong total, OptionalLong startIndex, Optional<String> nextCursor) {}

  /**
   * Where a page goes on.
   *
   * @param type whose resources come next, where one type comes after the other; else empty
   */
  private record Place(OptionalLong total, String type, Optional<Query.Position> after) {}

  /** Resources, and where those behind them begin if there are any. */
  private record Slice(List<Hit> hits, Optional<Place> next) {}

  Representation.Body list(RequestContext context, ListRequest request) {
    Leniency leniency = context.leniency();
    RootParts parts =
        RootParts.of(types.all(context.tenant()), request, leniency, context.policy().limits());
    Page page =
        Failures.reading(
            () ->
                request.cursor().isPresent()
                    ? byCursor(context, parts, request, request.cursor().get())
                    : byIndex(context, parts, request));
    return body(context, page);
  }

  private Page byIndex(RequestContext context, RootParts parts, ListRequest request) {
    Limits limits = context.policy().limits();
    long startIndex = Math.max(1, request.startIndex().orElse(1));
    int wanted = request.count().orElse(limits.defaultPageSize());
    int count = Math.max(0, Math.min(wanted, limits.maxPageSize()));
    PageOfHits hits = new PageOfHits(count);
    long total = 0;
    for (Part part : parts.parts()) {
      long size = storage.count(part.query(context, new Query.Page.Offset(0, 0), false));
      long offset = startIndex - 1 - total;
      total += size;
      if (!parts.merged() && !hits.isFull() && offset < size) {
        Query.Page page = new Query.Page.Offset(Math.max(0, offset), hits.wanted());
        hits.add(part, storage.query(part.query(context, page, true)));
      }
    }
    if (parts.merged() && count > 0 && startIndex <= total) {
      MergedParts behind = skip(context, parts, startIndex - 1, count);
      take(behind, hits);
    }
    return new Page(
        hits.hits(), OptionalLong.of(total), OptionalLong.of(startIndex), Optional.empty());
  }

  private MergedParts skip(RequestContext context, RootParts parts, long offset, int count) {
    if (offset > context.policy().limits().scanLimit()) {
      throw new StorageException.TooLarge("Too many resources would be skipped one by one");
    }
    MergedParts skipped =
        new MergedParts(storage, context, parts, Optional.empty(), SKIPPED_AT_ONCE, false);
    for (long i = 0; i < offset; i++) {
      skipped.next();
    }
    return new MergedParts(storage, context, parts, skipped.last(), count, true);
  }

  private static void take(MergedParts merged, PageOfHits hits) {
    Optional<Hit> next = Optional.empty();
    do {
      next = merged.next();
      next.ifPresent(hits::add);
    } while (next.isPresent() && !hits.isFull());
  }

  private Page byCursor(
      RequestContext context, RootParts parts, ListRequest request, String cursor) {
    Limits limits = context.policy().limits();
    int asked = Math.max(0, request.count().orElse(limits.defaultPageSize()));
    int count = Listing.cursorCount(asked, limits);
    String question = question(context, request);
    Place place =
        cursor.isEmpty()
            ? new Place(total(context, parts), "", Optional.empty())
            : Cursors.decode(question, cursor, RootListing::read);
    place.after().ifPresent(after -> requirePlace(parts, after));
    Slice slice =
        parts.merged()
            ? merged(context, parts, place, count)
            : oneByOne(context, parts, place, count);
    Optional<String> next =
        slice.next().map(behind -> Cursors.encode(question, out -> write(out, behind)));
    return new Page(slice.hits(), place.total(), OptionalLong.empty(), next);
  }

  /** Types that are not sorted, among others that are, take any place for one without a value. */
  private static void requirePlace(RootParts parts, Query.Position place) {
    if (!parts.merged()) {
      Cursors.requirePlace(Query.Order.BY_ID, place);
    }
    parts.parts().stream()
        .flatMap(part -> part.order().stream())
        .forEach(order -> Cursors.requirePlace(order, place));
  }

  private Slice merged(RequestContext context, RootParts parts, Place place, int count) {
    MergedParts merged = new MergedParts(storage, context, parts, place.after(), count, true);
    PageOfHits hits = new PageOfHits(count);
    take(merged, hits);
    return new Slice(
        hits.hits(),
        merged.hasNext()
            ? Optional.of(new Place(place.total(), "", merged.last()))
            : Optional.empty());
  }

  private Slice oneByOne(RequestContext context, RootParts parts, Place place, int count) {
    PageOfHits hits = new PageOfHits(count);
    Optional<Query.Position> after = place.after();
    for (Part part : from(parts, place)) {
      String type = part.type().name();
      if (hits.isFull()) {
        Query.Page one = new Query.Page.After(Optional.empty(), 1);
        if (!storage.query(part.query(context, one, false)).items().isEmpty()) {
          return new Slice(
              hits.hits(), Optional.of(new Place(place.total(), type, Optional.empty())));
        }
        continue;
      }
      Query.Page page = new Query.Page.After(after, hits.wanted());
      Found found = storage.query(part.query(context, page, true));
      hits.add(part, found);
      if (found.next().isPresent()) {
        return new Slice(hits.hits(), Optional.of(new Place(place.total(), type, found.next())));
      }
      after = Optional.empty();
    }
    return new Slice(hits.hits(), Optional.empty());
  }

  private static List<Part> from(RootParts parts, Place place) {
    if (place.type().isEmpty()) {
      return parts.parts();
    }
    for (int i = 0; i < parts.parts().size(); i++) {
      if (parts.parts().get(i).type().name().equals(place.type())) {
        return parts.parts().subList(i, parts.parts().size());
      }
    }
    throw ScimException.badRequest(
        ScimException.Type.EXPIRED_CURSOR,
        "The resource type that the cursor is at is no more; start again with an empty cursor");
  }

  /** Counted once a walk; left out (RFC 9865 section 2) where too many had to be looked at. */
  private OptionalLong total(RequestContext context, RootParts parts) {
    try {
      long total = 0;
      for (Part part : parts.parts()) {
        total += storage.count(part.query(context, new Query.Page.Offset(0, 0), false));
      }
      return OptionalLong.of(total);
    } catch (StorageException.TooLarge e) {
      return OptionalLong.empty();
    }
  }

  private static String question(RequestContext context, ListRequest request) {
    return Cursors.question(
        "root",
        context.tenant().value(),
        request.filter().orElse(""),
        request.sortBy().orElse(""),
        Boolean.toString(request.descending()));
  }

  private static void write(DataOutputStream out, Place place) throws IOException {
    out.writeLong(place.total().orElse(-1));
    out.writeUTF(place.type());
    out.writeBoolean(place.after().isPresent());
    if (place.after().isPresent()) {
      Query.Position after = place.after().get();
      out.writeBoolean(after.sortKey().isPresent());
      out.writeUTF(after.sortKey().orElse(""));
      out.writeUTF(after.id());
    }
  }

  private static Place read(DataInputStream in) throws IOException {
    long total = in.readLong();
    return new Place(
        total < 0 ? OptionalLong.empty() : OptionalLong.of(total),
        in.readUTF(),
        in.readBoolean() ? Optional.of(position(in)) : Optional.empty());
  }

  private static Query.Position position(DataInputStream in) throws IOException {
    boolean hasKey = in.readBoolean();
    String key = in.readUTF();
    return new Query.Position(hasKey ? Optional.of(key) : Optional.empty(), in.readUTF());
  }

  private Representation.Body body(RequestContext context, Page page) {
    Map<String, ResourceWriter.Streams> streams = Failures.reading(() -> streams(page.hits()));
    return out -> {
      try (JsonGenerator json = Json.to(out)) {
        json.writeStartObject();
        Listing.writeSchemas(json);
        if (page.total().isPresent()) {
          json.writeNumberField("totalResults", page.total().getAsLong());
        }
        if (page.startIndex().isPresent()) {
          json.writeNumberField("startIndex", page.startIndex().getAsLong());
        }
        json.writeNumberField("itemsPerPage", page.hits().size());
        if (page.nextCursor().isPresent()) {
          json.writeStringField("nextCursor", page.nextCursor().get());
        }
        json.writeArrayFieldStart("Resources");
        LinkJson links = new LinkJson(context, types);
        for (Hit hit : page.hits()) {
          ResourceWriter.Streams of = streams.get(hit.part().type().name());
          if (of != null) {
            new ResourceWriter(hit.part().view(), links).write(json, hit.resource(), of);
          }
        }
        json.writeEndArray();
        json.writeEndObject();
      } catch (StorageException e) {
        throw Failures.ofRead(e);
      }
    };
  }

  private Map<String, ResourceWriter.Streams> streams(List<Hit> hits) {
    Map<String, List<Stored>> byType = new HashMap<>();
    Map<String, View> views = new HashMap<>();
    for (Hit hit : hits) {
      String type = hit.part().type().name();
      views.put(type, hit.part().view());
      byType.computeIfAbsent(type, name -> new ArrayList<>()).add(hit.resource());
    }
    Map<String, ResourceWriter.Streams> streams = new HashMap<>();
    views.forEach(
        (type, view) ->
            streams.put(type, listing.streams(view, byType.getOrDefault(type, List.of()))));
    return streams;
  }
}
