package org.muster.scim.resource;

import com.fasterxml.jackson.core.JsonGenerator;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.stream.Collectors;
import org.muster.scim.ScimException;
import org.muster.scim.filter.FilterParser;
import org.muster.scim.filter.FilterTranslator;
import org.muster.scim.filter.SortTranslator;
import org.muster.scim.policy.Limits;
import org.muster.scim.schema.ResourceType;
import org.muster.scim.schema.ResourceTypes;
import org.muster.storage.Expression;
import org.muster.storage.Found;
import org.muster.storage.Linked;
import org.muster.storage.Query;
import org.muster.storage.StorageException;
import org.muster.storage.StorageKey;
import org.muster.storage.StorageProvider;
import org.muster.storage.Stored;

/** Lists and searches resources of one type, by index or by cursor. */
final class Listing {
  private static final String LIST_RESPONSE = "urn:ietf:params:scim:api:messages:2.0:ListResponse";

  /** The most links that are read in one go for all resources of a page. */
  private static final int LINKS_OF_A_PAGE = 2_000;

  private final StorageProvider storage;
  private final ResourceTypes types;
  private final Reading reading;
  private final LinkPages pages;

  Listing(StorageProvider storage, ResourceTypes types, Reading reading) {
    this.storage = storage;
    this.types = types;
    this.reading = reading;
    this.pages = new LinkPages(storage);
  }

  /** A page of an answer and what is said of it. */
  private record Page(
      List<Stored> items,
      OptionalLong total,
      OptionalLong startIndex,
      Optional<String> nextCursor) {}

  Representation.Body list(RequestContext context, ResourceType type, ListRequest request) {
    View view = View.of(type, request.selection());
    Expression filter =
        request
            .filter()
            .map(text -> expression(context, type, text))
            .orElseGet(Expression.All::new);
    Query.Order order =
        request
            .sortBy()
            .map(name -> SortTranslator.order(type, name, request.descending()))
            .orElse(Query.Order.BY_ID);
    Asked asked = new Asked(context, view, filter, order);
    Page page =
        Failures.reading(
            () ->
                request.cursor().isPresent()
                    ? byCursor(asked, request, request.cursor().get())
                    : byIndex(asked, request));
    return body(context, view, page);
  }

  private static Expression expression(RequestContext context, ResourceType type, String filter) {
    return FilterTranslator.translate(
        type, FilterParser.parse(type, filter, context.leniency(), context.policy().limits()));
  }

  /** What is asked for, whatever the page. */
  private record Asked(RequestContext context, View view, Expression filter, Query.Order order) {
    Query query(Query.Page page) {
      return new Query(
          context.tenant(),
          view.type().name(),
          filter,
          order,
          page,
          view.selectors(),
          limits().scanLimit());
    }

    Limits limits() {
      return context.policy().limits();
    }
  }

  private Page byIndex(Asked asked, ListRequest request) {
    Limits limits = asked.limits();
    long startIndex = Math.max(1, request.startIndex().orElse(1));
    int count =
        Math.max(
            0, Math.min(request.count().orElse(limits.defaultPageSize()), limits.maxPageSize()));
    long offset = startIndex - 1;
    Query query = asked.query(new Query.Page.Offset(offset, count));
    Found found = count == 0 ? new Found(List.of(), Optional.empty()) : storage.query(query);
    boolean complete = count > 0 && found.next().isEmpty();
    long total =
        complete && (offset == 0 || !found.items().isEmpty())
            ? offset + found.items().size()
            : storage.count(query);
    return new Page(
        found.items(), OptionalLong.of(total), OptionalLong.of(startIndex), Optional.empty());
  }

  /** A place in a cursor walk: the total as it was at the start, if known, and the last item. */
  private record Place(OptionalLong total, Query.Position last) {}

  private Page byCursor(Asked asked, ListRequest request, String cursor) {
    Limits limits = asked.limits();
    int count = cursorCount(Math.max(0, request.count().orElse(limits.defaultPageSize())), limits);
    String question = question(asked, request);
    Optional<Place> place =
        cursor.isEmpty()
            ? Optional.empty()
            : Optional.of(Cursors.decode(question, cursor, Listing::read));
    place.ifPresent(given -> Cursors.requirePlace(asked.order(), given.last()));
    Query query = asked.query(new Query.Page.After(place.map(Place::last), count));
    if (count == 0) {
      return totalOnly(query, place, cursor);
    }
    Found found = storage.query(query);
    OptionalLong total = place.isPresent() ? place.get().total() : totalAtStart(query, found);
    Optional<String> next =
        found
            .next()
            .map(last -> Cursors.encode(question, out -> write(out, new Place(total, last))));
    return new Page(found.items(), total, OptionalLong.empty(), next);
  }

  /** What count=0 gives: no resource, and the walk goes on where it was. */
  private Page totalOnly(Query query, Optional<Place> place, String cursor) {
    OptionalLong total = place.isPresent() ? place.get().total() : counted(query);
    Optional<String> same = Optional.of(cursor).filter(text -> !text.isEmpty());
    return new Page(List.of(), total, OptionalLong.empty(), same);
  }

  /** Counted once a walk; left out (RFC 9865 section 2) where too many had to be looked at. */
  private OptionalLong totalAtStart(Query query, Found found) {
    if (found.next().isEmpty()) {
      return OptionalLong.of(found.items().size());
    }
    return counted(query);
  }

  private OptionalLong counted(Query query) {
    try {
      return OptionalLong.of(storage.count(query));
    } catch (StorageException.TooLarge e) {
      return OptionalLong.empty();
    }
  }

  /** A count in a cursor walk must be within bounds (RFC 9865 section 2.1). */
  static int cursorCount(int count, Limits limits) {
    if (count < 0 || count > limits.maxPageSize()) {
      throw ScimException.badRequest(
          ScimException.Type.INVALID_COUNT,
          "With a cursor, count must be from 0 to " + limits.maxPageSize());
    }
    return count;
  }

  private static String question(Asked asked, ListRequest request) {
    return Cursors.question(
        "list",
        asked.context().tenant().value(),
        asked.view().type().name(),
        request.filter().orElse(""),
        request.sortBy().orElse(""),
        Boolean.toString(request.descending()));
  }

  private static void write(DataOutputStream out, Place place) throws IOException {
    out.writeLong(place.total().orElse(-1));
    out.writeBoolean(place.last().sortKey().isPresent());
    out.writeUTF(place.last().sortKey().orElse(""));
    out.writeUTF(place.last().id());
  }

  private static Place read(DataInputStream in) throws IOException {
    long total = in.readLong();
    boolean hasKey = in.readBoolean();
    String key = in.readUTF();
    return new Place(
        total < 0 ? OptionalLong.empty() : OptionalLong.of(total),
        new Query.Position(hasKey ? Optional.of(key) : Optional.empty(), in.readUTF()));
  }

  private Representation.Body body(RequestContext context, View view, Page page) {
    ResourceWriter.Streams streams = Failures.reading(() -> streams(view, page.items()));
    return out -> {
      try (JsonGenerator json = Json.to(out)) {
        json.writeStartObject();
        writeSchemas(json);
        if (page.total().isPresent()) {
          json.writeNumberField("totalResults", page.total().getAsLong());
        }
        if (page.startIndex().isPresent()) {
          json.writeNumberField("startIndex", page.startIndex().getAsLong());
        }
        json.writeNumberField("itemsPerPage", page.items().size());
        if (page.nextCursor().isPresent()) {
          json.writeStringField("nextCursor", page.nextCursor().get());
        }
        json.writeArrayFieldStart("Resources");
        ResourceWriter writer = new ResourceWriter(view, new LinkJson(context, types));
        for (Stored item : page.items()) {
          writer.write(json, item, streams);
        }
        json.writeEndArray();
        json.writeEndObject();
      } catch (StorageException e) {
        throw Failures.ofRead(e);
      }
    };
  }

  static void writeSchemas(JsonGenerator json) throws IOException {
    json.writeArrayFieldStart("schemas");
    json.writeString(LIST_RESPONSE);
    json.writeEndArray();
  }

  /** Links of all resources of the page by one read, where they are few; else one by one. */
  ResourceWriter.Streams streams(View view, List<Stored> items) {
    if (view.streamed().isEmpty() || items.isEmpty()) {
      return reading::stream;
    }
    List<StorageKey> keys = items.stream().map(Stored::key).toList();
    Map<View.Shown, Map<StorageKey, List<Linked>>> known = new HashMap<>();
    for (View.Shown shown : view.streamed()) {
      List<Linked> all = pages.page(keys, shown.path(), Optional.empty(), LINKS_OF_A_PAGE);
      if (all.size() == LINKS_OF_A_PAGE) {
        return reading::stream;
      }
      known.put(shown, all.stream().collect(Collectors.groupingBy(Linked::anchor)));
    }
    return (shown, resource, taker) -> {
      for (Linked link :
          known.getOrDefault(shown, Map.of()).getOrDefault(resource.key(), List.of())) {
        taker.take(link);
      }
    };
  }
}
