package org.muster.rest.storage;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.Response;
import java.io.IOException;
import java.util.Collections;
import java.util.List;
import org.muster.event.Checkpoint;
import org.muster.event.Position;
import org.muster.feed.Consumers;
import org.muster.feed.Feed;
import org.muster.feed.FeedAccess;
import org.muster.kernel.TenantId;
import org.muster.rest.admin.JsonAnswer;
import org.muster.rest.exchange.Exchange;
import org.muster.rest.request.EntityTags;
import org.muster.rest.request.JsonBody;
import org.muster.rest.request.MediaTypes;
import org.muster.rest.request.QueryParameters;
import org.muster.scim.resource.Condition;
import org.muster.security.Scope;
import org.muster.storage.JsonDocument;

/** The consumers of a tenant's events, and how far each of them is. Thread-safe. */
@ApplicationScoped
@Path("storage/v1/consumers")
public class ConsumersEndpoint {
  private static final JsonBody BODIES = new JsonBody(4096);
  private static final String POSITION = "position";
  @Inject private Consumers consumers;
  @Inject private FeedAccess access;
  @Inject private Feed feed;

  /** A page of consumers; {@code limit} and {@code cursor} page it. */
  @GET
  public Response page(@Context HttpServletRequest request) {
    QueryParameters parameters = QueryParameters.parse(request.getQueryString());
    TenantId tenant = tenant(request, Scope.STORAGE_READ);
    int limit = JsonAnswer.limit(parameters);
    List<Checkpoint> found = consumers.page(tenant, parameters.text("cursor"), limit + 1);
    return JsonAnswer.of(
        Response.ok(),
        JsonAnswer.page(found, limit, ConsumersEndpoint::json, each -> each.consumer().name()));
  }

  /** How far a consumer is. */
  @GET
  @Path("{name}")
  public Response get(@Context HttpServletRequest request, @PathParam("name") String name) {
    return answer(Response.ok(), consumers.get(tenant(request, Scope.STORAGE_READ), name));
  }

  /** Sets how far a consumer is; but for the first time, If-Match says how far it was. */
  @PUT
  @Path("{name}")
  public Response save(@Context HttpServletRequest request, @PathParam("name") String name)
      throws IOException {
    TenantId tenant = tenant(request, Scope.STORAGE_WRITE);
    MediaTypes.requireJson(request.getContentType());
    ObjectNode body = BODIES.read(request.getInputStream(), request.getContentLengthLong());
    Consumers.Saved saved = consumers.save(tenant, name, position(body), known(request));
    return answer(saved.isNew() ? Response.status(201) : Response.ok(), saved.checkpoint());
  }

  /** Forgets a consumer. */
  @DELETE
  @Path("{name}")
  public Response remove(@Context HttpServletRequest request, @PathParam("name") String name) {
    consumers.remove(tenant(request, Scope.STORAGE_WRITE), name, known(request));
    return Response.noContent().build();
  }

  private TenantId tenant(HttpServletRequest request, Scope scope) {
    return access.tenant(
        Exchange.caller(request),
        scope,
        QueryParameters.parse(request.getQueryString()).text("tenant"));
  }

  private Position position(ObjectNode body) {
    JsonNode text = body.get(POSITION);
    if (text == null || !text.isTextual() || body.size() != 1) {
      throw FeedRequest.invalid("The body must be an object with position alone, a text");
    }
    if (text.textValue().equals("end")) {
      return feed.end();
    }
    return Position.parse(text.textValue())
        .orElseThrow(() -> FeedRequest.invalid("position must be one that an answer had, or end"));
  }

  private static Condition known(HttpServletRequest request) {
    List<String> values = Collections.list(request.getHeaders("If-Match"));
    return EntityTags.parse("If-Match", values.isEmpty() ? null : String.join(",", values));
  }

  private static Response answer(Response.ResponseBuilder response, Checkpoint checkpoint) {
    return JsonAnswer.of(
        response.header("ETag", EntityTags.weak(checkpoint.version().toString())),
        json(checkpoint));
  }

  private static ObjectNode json(Checkpoint checkpoint) {
    return JsonDocument.MAPPER
        .createObjectNode()
        .put("name", checkpoint.consumer().name())
        .put(POSITION, checkpoint.position().toString())
        .put("version", checkpoint.version().toString())
        .put("updated", checkpoint.time().toString());
  }
}
