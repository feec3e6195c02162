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

/** The schemas of a tenant's own (RFC 7643 section 7). Thread-safe. */
@ApplicationScoped
@Path("admin/v1/tenants/{tenant}/schemas")
public class SchemasEndpoint {
  @Inject private DefinitionRequests requests;

  /** All of the tenant's own. */
  @GET
  public Response list(@Context HttpServletRequest request, @PathParam("tenant") String tenant) {
    return requests.list(request, tenant, Kind.SCHEMA);
  }

  /** Adds one. */
  @POST
  public Response create(@Context HttpServletRequest request, @PathParam("tenant") String tenant)
      throws IOException {
    return requests.create(request, tenant, Kind.SCHEMA);
  }

  /** Adds a set of definitions that comes with Muster. */
  @POST
  @Path(".load")
  public Response load(@Context HttpServletRequest request, @PathParam("tenant") String tenant)
      throws IOException {
    return requests.load(request, tenant);
  }

  /** Shows one. */
  @GET
  @Path("{urn}")
  public Response find(
      @Context HttpServletRequest request,
      @PathParam("tenant") String tenant,
      @PathParam("urn") String urn) {
    return requests.find(request, tenant, Kind.SCHEMA, urn);
  }

  /** Replaces one. */
  @PUT
  @Path("{urn}")
  public Response replace(
      @Context HttpServletRequest request,
      @PathParam("tenant") String tenant,
      @PathParam("urn") String urn)
      throws IOException {
    return requests.replace(request, tenant, Kind.SCHEMA, urn);
  }

  /** Removes one. */
  @DELETE
  @Path("{urn}")
  public Response delete(
      @Context HttpServletRequest request,
      @PathParam("tenant") String tenant,
      @PathParam("urn") String urn) {
    return requests.delete(request, tenant, Kind.SCHEMA, urn);
  }
}
