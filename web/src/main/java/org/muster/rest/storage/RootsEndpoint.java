package org.muster.rest.storage;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.Response;
import org.muster.feed.FeedAccess;
import org.muster.rest.admin.JsonAnswer;
import org.muster.rest.exchange.Exchange;
import org.muster.rest.request.QueryParameters;
import org.muster.security.Scope;
import org.muster.state.Roots;
import org.muster.storage.JsonDocument;

/** The state roots of a tenant's collections. Thread-safe. */
@ApplicationScoped
@Path("storage/v1/roots")
public class RootsEndpoint {
  @Inject private Roots roots;
  @Inject private FeedAccess access;

  /** The root of each collection that has documents, as far as the events have been followed. */
  @GET
  public Response get(@Context HttpServletRequest request) {
    QueryParameters parameters = QueryParameters.parse(request.getQueryString());
    ObjectNode json = JsonDocument.MAPPER.createObjectNode();
    ArrayNode items = json.putArray("items");
    roots
        .all(access.tenant(Exchange.caller(request), Scope.STORAGE_READ, parameters.text("tenant")))
        .forEach(
            (collection, root) ->
                items
                    .addObject()
                    .put("collection", collection)
                    .put("root", root.digest().toString())
                    .put("count", root.documents())
                    .put("links", root.links()));
    return JsonAnswer.of(Response.ok(), json);
  }
}
