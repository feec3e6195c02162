package org.muster.rest.storage;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import org.muster.event.Event;
import org.muster.feed.EventJson;
import org.muster.feed.FeedAccess;
import org.muster.feed.StreamHistory;
import org.muster.kernel.TenantId;
import org.muster.rest.admin.JsonAnswer;
import org.muster.rest.exchange.Exchange;
import org.muster.rest.request.QueryParameters;
import org.muster.scim.ScimException;
import org.muster.scim.history.Moment;
import org.muster.security.Scope;
import org.muster.storage.StorageKey;

/** What became of a document, and what it was. Thread-safe. */
@ApplicationScoped
@Path("storage/v1/history/{collection}/{id}")
public class HistoryEndpoint {
  private static final int COLLECTION_MOST = 64;

  @Inject private StreamHistory history;
  @Inject private EventJson json;
  @Inject private FeedAccess access;

  /**
   * The events of a document, the latest first; {@code limit} and {@code cursor} page them. With
   * {@code at}, a time or a version, what it was then.
   */
  @GET
  public Response get(
      @Context HttpServletRequest request,
      @PathParam("collection") String collection,
      @PathParam("id") String id)
      throws IOException {
    QueryParameters parameters = QueryParameters.parse(request.getQueryString());
    TenantId tenant =
        access.tenant(Exchange.caller(request), Scope.STORAGE_READ, parameters.text("tenant"));
    if (!isCollection(collection) || !StorageKey.isId(id)) {
      throw unknown();
    }
    StorageKey key = new StorageKey(tenant, collection, id);
    Optional<String> at = parameters.text("at");
    return at.isPresent()
        ? JsonAnswer.of(Response.ok(), json.state(history.at(key, Moment.parse(at.get()))))
        : page(key, parameters);
  }

  private Response page(StorageKey key, QueryParameters parameters) throws IOException {
    int limit = JsonAnswer.limit(parameters);
    List<Event> events =
        history.page(key, parameters.text("cursor").map(HistoryEndpoint::number), limit);
    if (events.isEmpty()) {
      throw unknown();
    }
    long last = events.get(events.size() - 1).number();
    String text =
        json.history(
            events.stream().filter(event -> event.type().isVisible()).toList(),
            last > 1 ? Optional.of(Long.toString(last - 1)) : Optional.empty());
    return Response.ok(text.getBytes(StandardCharsets.UTF_8), MediaType.APPLICATION_JSON_TYPE)
        .header("Cache-Control", "no-store")
        .build();
  }

  /** What begins with a dollar sign is the server's own, but for definitions. */
  private static boolean isCollection(String name) {
    return StorageKey.isId(name)
        && name.length() <= COLLECTION_MOST
        && (!name.startsWith("$") || name.equals("$schemas") || name.equals("$resource-types"));
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
    throw ScimException.badRequest(
        ScimException.Type.INVALID_VALUE, "cursor must be the nextCursor of the page before");
  }

  private static ScimException unknown() {
    return ScimException.notFound("Nothing is known of such a document");
  }
}
