package org.muster.rest.admin;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.Response;
import java.util.List;
import org.muster.delivery.admin.ReceiverLetters;
import org.muster.kernel.TenantId;
import org.muster.receiver.Note;
import org.muster.rest.exchange.Exchange;
import org.muster.rest.request.QueryParameters;
import org.muster.storage.JsonDocument;

/** Events that a receiver did not take in the end: tried again, or given up. Thread-safe. */
@ApplicationScoped
@Path("admin/v1/tenants/{tenant}/receivers/{id}/dead-letters")
public class DeadLettersEndpoint {
  @Inject private TenantAccess access;
  @Inject private ReceiverLetters letters;

  /** A page of dead letters; {@code limit} and {@code cursor} page it. */
  @GET
  public Response page(
      @Context HttpServletRequest request,
      @PathParam("tenant") String tenant,
      @PathParam("id") String id) {
    TenantId of = tenant(request, tenant);
    QueryParameters parameters = QueryParameters.parse(request.getQueryString());
    int limit = JsonAnswer.limit(parameters);
    List<Note> found = letters.page(of, id, parameters.text("cursor"), limit + 1);
    return JsonAnswer.of(
        Response.ok(),
        JsonAnswer.page(found, limit, ReceiverStatus::json, letter -> Long.toString(letter.no())));
  }

  /** Has all tried again. */
  @POST
  @Path(".replay-all")
  public Response replayAll(
      @Context HttpServletRequest request,
      @PathParam("tenant") String tenant,
      @PathParam("id") String id) {
    long count = letters.replayAll(tenant(request, tenant), id);
    return JsonAnswer.of(
        Response.ok(), JsonDocument.MAPPER.createObjectNode().put("replayed", count));
  }

  /** Has one tried again. */
  @POST
  @Path("{letter}/.replay")
  public Response replay(
      @Context HttpServletRequest request,
      @PathParam("tenant") String tenant,
      @PathParam("id") String id,
      @PathParam("letter") String letter) {
    letters.replay(tenant(request, tenant), id, letter);
    return Response.noContent().build();
  }

  /** Gives one up for good. */
  @DELETE
  @Path("{letter}")
  public Response discard(
      @Context HttpServletRequest request,
      @PathParam("tenant") String tenant,
      @PathParam("id") String id,
      @PathParam("letter") String letter) {
    letters.discard(tenant(request, tenant), id, letter);
    return Response.noContent().build();
  }

  private TenantId tenant(HttpServletRequest request, String name) {
    return access.administered(Exchange.caller(request), name);
  }
}
