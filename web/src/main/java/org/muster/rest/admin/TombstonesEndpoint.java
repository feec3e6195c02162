package org.muster.rest.admin;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.muster.rest.exchange.Exchange;
import org.muster.rest.request.QueryParameters;
import org.muster.scim.ScimException;
import org.muster.scim.resource.Tombstones;
import org.muster.storage.JsonDocument;
import org.muster.storage.Tombstone;

/** What was deleted and can be restored, for administrators. Thread-safe. */
@ApplicationScoped
@Path("admin/v1/tenants/{tenant}/tombstones")
public class TombstonesEndpoint {
  private static final int PAGE_USUAL = 100;
  private static final int PAGE_MOST = 1000;
  @Inject private Tombstones tombstones;

  /** A page of the tombstones of one {@code type}; {@code limit} and {@code cursor} page it. */
  @GET
  public Response page(@Context HttpServletRequest request, @PathParam("tenant") String tenant) {
    QueryParameters parameters = QueryParameters.parse(request.getQueryString());
    int limit = parameters.number("limit").orElse(PAGE_USUAL);
    if (limit < 1 || limit > PAGE_MOST) {
      throw invalid("limit must be 1 to " + PAGE_MOST);
    }
    String type =
        parameters
            .text("type")
            .orElseThrow(() -> invalid("type must be given, for instance ?type=User"));
    List<Tombstone> found =
        tombstones.page(
            Exchange.caller(request),
            tenant,
            type,
            parameters.text("cursor").filter(cursor -> !cursor.isEmpty()),
            limit + 1);
    ObjectNode json = JsonNodeFactory.instance.objectNode();
    ArrayNode items = json.putArray("items");
    found.stream().limit(limit).map(TombstonesEndpoint::json).forEach(items::add);
    if (found.size() > limit) {
      json.put("nextCursor", found.get(limit - 1).key().id());
    }
    return Response.ok(JsonDocument.of(json).text().getBytes(StandardCharsets.UTF_8))
        .type(MediaType.APPLICATION_JSON_TYPE)
        .header("Cache-Control", "no-store")
        .build();
  }

  private static ObjectNode json(Tombstone tombstone) {
    return JsonNodeFactory.instance
        .objectNode()
        .put("id", tombstone.key().id())
        .put("type", tombstone.key().collection())
        .put("version", tombstone.version().toString())
        .put("deleted", tombstone.deleted().toString())
        .put("actor", tombstone.actor())
        .put("label", tombstone.label());
  }

  private static ScimException invalid(String detail) {
    return ScimException.badRequest(ScimException.Type.INVALID_VALUE, detail);
  }
}
