package org.muster.rest.admin;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.ws.rs.Path;
import org.muster.access.Definition.Kind;

/** The resource types of a tenant's own (RFC 7643 section 6). Thread-safe. */
@ApplicationScoped
@Path("admin/v1/tenants/{tenant}/resource-types")
public class ResourceTypesEndpoint extends DefinitionsEndpoint {
  public ResourceTypesEndpoint() {
    super(Kind.RESOURCE_TYPE);
  }
}
