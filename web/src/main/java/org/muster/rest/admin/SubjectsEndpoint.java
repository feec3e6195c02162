package org.muster.rest.admin;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.Response;
import org.muster.erasure.Erasure;
import org.muster.kernel.TenantId;
import org.muster.rest.exchange.Exchange;

/** Subjects, of whom events, snapshots and tombstones tell: erased for good. Thread-safe. */
@ApplicationScoped
@Path("admin/v1/tenants/{tenant}/subjects/{type}/{id}")
public class SubjectsEndpoint {
  @Inject private TenantAccess access;
  @Inject private Erasure erasure;

  /** Erases a deleted resource. */
  @DELETE
  public Response erase(
      @Context HttpServletRequest request,
      @PathParam("tenant") String tenant,
      @PathParam("type") String type,
      @PathParam("id") String id) {
    TenantId of = access.administered(Exchange.caller(request), tenant);
    erasure.erase(of, type, id, Exchange.origin(request));
    return Response.noContent().header("Cache-Control", "no-store").build();
  }
}
