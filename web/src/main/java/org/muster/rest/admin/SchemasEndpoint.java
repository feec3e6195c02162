package org.muster.rest.admin;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.Response;
import java.io.IOException;
import org.muster.access.Definition.Kind;

/** The schemas of a tenant's own (RFC 7643 section 7). Thread-safe. */
@ApplicationScoped
@Path("admin/v1/tenants/{tenant}/schemas")
public class SchemasEndpoint extends DefinitionsEndpoint {
  @Inject private DefinitionRequests requests;

  public SchemasEndpoint() {
    super(Kind.SCHEMA);
  }

  /** Adds a set of definitions that comes with Muster. */
  @POST
  @Path(".load")
  public Response load(@Context HttpServletRequest request, @PathParam("tenant") String tenant)
      throws IOException {
    return requests.load(request, tenant);
  }
}
