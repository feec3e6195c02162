package org.muster.rest.admin;

import jakarta.inject.Inject;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.Response;
import java.io.IOException;
import org.muster.access.Definition.Kind;

/** The definitions of a tenant's own, of one kind. Thread-safe. */
public abstract class DefinitionsEndpoint {
  private final Kind kind;
  @Inject private DefinitionRequests requests;

  DefinitionsEndpoint(Kind kind) {
    this.kind = kind;
  }

  /** All of the tenant's own. */
  @GET
  public Response list(@Context HttpServletRequest request, @PathParam("tenant") String tenant) {
    return requests.list(request, tenant, kind);
  }

  /** Adds one. */
  @POST
  public Response create(@Context HttpServletRequest request, @PathParam("tenant") String tenant)
      throws IOException {
    return requests.create(request, tenant, kind);
  }

  /** Shows one. */
  @GET
  @Path("{name}")
  public Response find(
      @Context HttpServletRequest request,
      @PathParam("tenant") String tenant,
      @PathParam("name") String name) {
    return requests.find(request, tenant, kind, name);
  }

  /** Replaces one. */
  @PUT
  @Path("{name}")
  public Response replace(
      @Context HttpServletRequest request,
      @PathParam("tenant") String tenant,
      @PathParam("name") String name)
      throws IOException {
    return requests.replace(request, tenant, kind, name);
  }

  /** Removes one. */
  @DELETE
  @Path("{name}")
  public Response delete(
      @Context HttpServletRequest request,
      @PathParam("tenant") String tenant,
      @PathParam("name") String name) {
    return requests.delete(request, tenant, kind, name);
  }
}
