package org.muster.rest.admin;

import com.fasterxml.jackson.databind.node.ObjectNode;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.PATCH;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.Response;
import java.io.IOException;
import java.net.URI;
import java.util.List;
import java.util.function.Predicate;
import org.muster.rest.exchange.Exchange;
import org.muster.rest.request.EntityTags;
import org.muster.rest.request.JsonBody;
import org.muster.rest.request.MediaTypes;
import org.muster.rest.request.QueryParameters;
import org.muster.scim.resource.Condition;
import org.muster.tenant.TenantView;
import org.muster.tenant.Tenants;

/** Tenants: created, listed, changed, deleted. Thread-safe. */
@ApplicationScoped
@Path("admin/v1/tenants")
public class TenantsEndpoint {
  private static final JsonBody BODIES = new JsonBody(64 * 1024);
  @Inject private Tenants tenants;

  /** Creates a tenant. */
  @POST
  public Response create(@Context HttpServletRequest request) throws IOException {
    MediaTypes.requireJson(request.getContentType());
    ObjectNode body = BODIES.read(request.getInputStream(), request.getContentLengthLong());
    TenantView made = tenants.create(Exchange.caller(request), body);
    return answer(Response.created(URI.create("/admin/v1/tenants/" + made.id().value())), made);
  }

  /** A page of tenants; {@code limit} and {@code cursor} page it. */
  @GET
  public Response page(@Context HttpServletRequest request) {
    QueryParameters parameters = QueryParameters.parse(request.getQueryString());
    int limit = JsonAnswer.limit(parameters);
    List<TenantView> found =
        tenants.page(Exchange.caller(request), parameters.text("cursor"), limit + 1);
    return JsonAnswer.of(
        Response.ok(),
        JsonAnswer.page(found, limit, TenantView::json, tenant -> tenant.id().value()));
  }

  /** One tenant. */
  @GET
  @Path("{tenant}")
  public Response get(@Context HttpServletRequest request, @PathParam("tenant") String id) {
    TenantView found = tenants.get(Exchange.caller(request), id);
    Condition ifNoneMatch = EntityTags.parse("If-None-Match", request.getHeader("If-None-Match"));
    return EntityTags.isModified(ifNoneMatch, found.etag())
        ? answer(Response.ok(), found)
        : Response.notModified().header("ETag", EntityTags.weak(found.etag())).build();
  }

  /** Changes a tenant by a merge patch (RFC 7396). */
  @PATCH
  @Path("{tenant}")
  public Response patch(@Context HttpServletRequest request, @PathParam("tenant") String id)
      throws IOException {
    MediaTypes.requireMergePatch(request.getContentType());
    ObjectNode patch = BODIES.read(request.getInputStream(), request.getContentLengthLong());
    return answer(
        Response.ok(), tenants.patch(Exchange.caller(request), id, matches(request), patch));
  }

  /** Begins to delete a tenant and all its data; {@code confirm} has to be its id. */
  @DELETE
  @Path("{tenant}")
  public Response delete(@Context HttpServletRequest request, @PathParam("tenant") String id) {
    QueryParameters parameters = QueryParameters.parse(request.getQueryString());
    return answer(
        Response.accepted(),
        tenants.delete(Exchange.caller(request), id, matches(request), parameters.text("confirm")));
  }

  private static Predicate<String> matches(HttpServletRequest request) {
    Condition ifMatch = EntityTags.parse("If-Match", request.getHeader("If-Match"));
    return etag -> !(ifMatch instanceof Condition.Tags tags) || tags.opaque().contains(etag);
  }

  private static Response answer(Response.ResponseBuilder response, TenantView tenant) {
    return JsonAnswer.of(response.header("ETag", EntityTags.weak(tenant.etag())), tenant.json());
  }
}
