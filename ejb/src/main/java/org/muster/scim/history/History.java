package org.muster.scim.history;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import org.muster.event.Event;
import org.muster.event.EventStore;
import org.muster.event.StreamRead;
import org.muster.scim.ScimException;
import org.muster.scim.projection.Disclosure;
import org.muster.scim.resource.RequestContext;
import org.muster.scim.schema.ResourceType;
import org.muster.security.Scope;
import org.muster.storage.JsonDocument;
import org.muster.storage.StorageKey;

/** What became of each resource, for administrators. Thread-safe. */
public final class History {
  private static final int USUAL = 50;
  private static final int MOST = 500;

  private final EventStore events;

  /** The history that the events tell. */
  public History(EventStore events) {
    this.events = events;
  }

  /**
   * A page of the history of a resource, be it live, deleted or purged; the latest first. {@code
   * {"items":[…],"nextCursor":"…"}}
   *
   * @param cursor empty for the first page
   * @throws ScimException 403 for who is no administrator, 404 if nothing is known of it
   */
  public ObjectNode page(
      RequestContext context,
      ResourceType type,
      String id,
      Optional<String> cursor,
      OptionalInt count) {
    requireAdministrator(context);
    int limit = count.orElse(USUAL);
    if (limit < 1 || limit > MOST) {
      throw invalid("count must be 1 to " + MOST);
    }
    if (!StorageKey.isId(id)) {
      throw notFound(type, id);
    }
    StorageKey key = new StorageKey(context.tenant(), type.name(), id);
    long from = cursor.filter(text -> !text.isEmpty()).map(History::number).orElse(Long.MAX_VALUE);
    List<Event> found = events.read(StreamRead.backward(key, from, limit));
    if (found.isEmpty()) {
      throw notFound(type, id);
    }
    Disclosure disclosure = Disclosure.of(type);
    ObjectNode page = JsonDocument.MAPPER.createObjectNode();
    ArrayNode items = page.putArray("items");
    found.stream()
        .filter(event -> event.type().isVisible())
        .forEach(event -> items.add(HistoryJson.of(event, disclosure)));
    long last = found.get(found.size() - 1).number();
    if (last > 1) {
      page.put("nextCursor", Long.toString(last - 1));
    }
    return page;
  }

  /** 403 for who is no administrator: histories show what others may not know any more. */
  public static void requireAdministrator(RequestContext context) {
    if (!context.caller().may(Scope.TENANT_ADMIN)) {
      throw new ScimException(
          403, "Histories take a token with the scope tenant.admin or platform.admin");
    }
  }

  private static long number(String cursor) {
    try {
      long number = Long.parseLong(cursor);
      if (number > 0) {
        return number;
      }
    } catch (NumberFormatException e) {
      // told below
    }
    throw invalid("cursor must be the nextCursor of the page before");
  }

  private static ScimException notFound(ResourceType type, String id) {
    return ScimException.notFound("There is no history of a " + type.name() + " with the id " + id);
  }

  private static ScimException invalid(String detail) {
    return ScimException.badRequest(ScimException.Type.INVALID_VALUE, detail);
  }
}
