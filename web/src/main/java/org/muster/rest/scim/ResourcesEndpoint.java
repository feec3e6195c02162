package org.muster.rest.scim;

import com.fasterxml.jackson.databind.node.ObjectNode;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.NotAllowedException;
import jakarta.ws.rs.PATCH;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.Response;
import java.io.IOException;
import org.muster.rest.exchange.Exchange;
import org.muster.rest.request.EntityTags;
import org.muster.rest.request.MediaTypes;
import org.muster.rest.request.QueryParameters;
import org.muster.scim.ScimException;
import org.muster.scim.projection.Selection;
import org.muster.scim.resource.Condition;
import org.muster.scim.resource.Representation;
import org.muster.scim.resource.RequestContext;
import org.muster.scim.resource.Resources;
import org.muster.scim.schema.ResourceType;
import org.muster.scim.schema.ResourceTypes;

/** All resource types alike (RFC 7644 section 3), of the caller's tenant. Thread-safe. */
@ApplicationScoped
@Path(ScimPaths.BASE)
public class ResourcesEndpoint {
  @Inject private Resources resources;
  @Inject private ResourceTypes types;
  @Inject private ScimBodies bodies;

  /** RFC 7644 section 3.4.2. */
  @GET
  @Path("{type}")
  public Response list(@Context HttpServletRequest request, @PathParam("type") String type)
      throws IOException {
    RequestContext context = Exchange.context(request);
    ResourceType listed = type(request, context, type);
    MediaTypes.requireAcceptable(request.getHeader("Accept"));
    QueryParameters parameters = QueryParameters.parse(request.getQueryString());
    return Answers.list(resources.list(context, listed, ListRequests.of(parameters)));
  }

  /** RFC 7644 section 3.4.3. */
  @POST
  @Path("{type}/.search")
  public Response search(@Context HttpServletRequest request, @PathParam("type") String type)
      throws IOException {
    RequestContext context = Exchange.context(request);
    ResourceType searched = type(request, context, type);
    ObjectNode body = bodies.read(request);
    return Answers.list(resources.list(context, searched, ListRequests.of(body)));
  }

  /** RFC 7644 section 3.3. */
  @POST
  @Path("{type}")
  public Response create(@Context HttpServletRequest request, @PathParam("type") String type)
      throws IOException {
    RequestContext context = Exchange.context(request);
    ResourceType made = type(request, context, type);
    ObjectNode body = bodies.read(request);
    return Answers.created(resources.create(context, made, body, selection(request)));
  }

  /** RFC 7644 section 3.4.1. */
  @GET
  @Path("{type}/{id}")
  public Response get(
      @Context HttpServletRequest request,
      @PathParam("type") String type,
      @PathParam("id") String id)
      throws IOException {
    RequestContext context = Exchange.context(request);
    ResourceType read = type(request, context, type);
    MediaTypes.requireAcceptable(request.getHeader("Accept"));
    return Answers.found(request, resources.get(context, read, id, selection(request)));
  }

  /** RFC 7644 section 3.5.1. */
  @PUT
  @Path("{type}/{id}")
  public Response replace(
      @Context HttpServletRequest request,
      @PathParam("type") String type,
      @PathParam("id") String id)
      throws IOException {
    RequestContext context = Exchange.context(request);
    ResourceType replaced = type(request, context, type);
    Condition ifMatch = ifMatch(request);
    ObjectNode body = bodies.read(request);
    return Answers.ok(resources.replace(context, replaced, id, ifMatch, body, selection(request)));
  }

  /** RFC 7644 section 3.5.2: 204, unless the client says which attributes it wants to see. */
  @PATCH
  @Path("{type}/{id}")
  public Response patch(
      @Context HttpServletRequest request,
      @PathParam("type") String type,
      @PathParam("id") String id)
      throws IOException {
    RequestContext context = Exchange.context(request);
    ResourceType patched = type(request, context, type);
    Condition ifMatch = ifMatch(request);
    Selection selection = selection(request);
    ObjectNode body = bodies.read(request);
    Representation changed = resources.patch(context, patched, id, ifMatch, body, selection);
    return selection.equals(Selection.DEFAULT) ? Answers.changed(changed) : Answers.ok(changed);
  }

  /** RFC 7644 section 3.6. */
  @DELETE
  @Path("{type}/{id}")
  public Response delete(
      @Context HttpServletRequest request,
      @PathParam("type") String type,
      @PathParam("id") String id) {
    RequestContext context = Exchange.context(request);
    resources.delete(context, type(request, context, type), id, ifMatch(request));
    return Response.noContent().build();
  }

  /** Pages the values of a link attribute by cursor, for instance the members of a group. */
  @GET
  @Path("{type}/{id}/{attribute}")
  public Response members(
      @Context HttpServletRequest request,
      @PathParam("type") String type,
      @PathParam("id") String id,
      @PathParam("attribute") String attribute)
      throws IOException {
    RequestContext context = Exchange.context(request);
    ResourceType paged = type(request, context, type);
    MediaTypes.requireAcceptable(request.getHeader("Accept"));
    QueryParameters parameters = QueryParameters.parse(request.getQueryString());
    return Answers.list(
        resources.members(
            context, paged, id, attribute, parameters.text("cursor"), parameters.number("count")));
  }

  private ResourceType type(HttpServletRequest request, RequestContext context, String endpoint) {
    return types
        .byEndpoint(context.tenant(), endpoint)
        .orElseThrow(() -> noType(request.getMethod(), endpoint));
  }

  private static RuntimeException noType(String method, String endpoint) {
    // Jersey looks on when a path has a resource and that resource not the method.
    return DiscoveryEndpoint.PATHS.contains(endpoint) && !method.equals("GET")
        ? new NotAllowedException("GET, HEAD, OPTIONS")
        : ScimException.notFound(
            "There is no resource type at /" + endpoint + "; see /ResourceTypes");
  }

  private static Selection selection(HttpServletRequest request) {
    String query = request.getQueryString();
    return query == null ? Selection.DEFAULT : ListRequests.selection(QueryParameters.parse(query));
  }

  private static Condition ifMatch(HttpServletRequest request) {
    return EntityTags.parse("If-Match", HeaderValues.joined(request, "If-Match"));
  }
}
