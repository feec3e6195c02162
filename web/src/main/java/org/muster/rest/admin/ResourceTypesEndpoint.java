package org.muster.rest.admin;

import jakarta.enterprise.context.ApplicationScoped;
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

/** The resource types of a tenant's own (RFC 7643 section 6). Thread-safe. */
@ApplicationScoped
@Path("admin/v1/tenants/{tenant}/resource-types")
public class ResourceTypesEndpoint {
  @Inject private DefinitionRequests requests;

  /** All of the tenant's own. */
  @GET
  public Response list(@Context HttpServletRequest request, @PathParam("tenant") String tenant) {
    return requests.list(request, tenant, Kind.RESOURCE_TYPE);
  }

  /** Adds one. */
  @POST
  public Response create(@Context HttpServletRequest request, @PathParam("tenant") String tenant)
      throws IOException {
    return requests.create(request, tenant, Kind.RESOURCE_TYPE);
  }

  /** Shows one. */
  @GET
  @Path("{name}")
  public Response find(
      @Context HttpServletRequest request,
      @PathParam("tenant") String tenant,
      @PathParam("name") String name) {
    return requests.find(request, tenant, Kind.RESOURCE_TYPE, name);
  }

  /** Replaces one. */
  @PUT
  @Path("{name}")
  public Response replace(
      @Context HttpServletRequest request,
      @PathParam("tenant") String tenant,
      @PathParam("name") String name)
      throws IOException {
    return requests.replace(request, tenant, Kind.RESOURCE_TYPE, name);
  }

  /** Removes one. */
  @DELETE
  @Path("{name}")
  public Response delete(
      @Context HttpServletRequest request,
      @PathParam("tenant") String tenant,
      @PathParam("name") String name) {
    return requests.delete(request, tenant, Kind.RESOURCE_TYPE, name);
  }
}
