package org.muster.rest.admin;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.StreamingOutput;
import org.muster.audit.AuditExport;
import org.muster.event.Position;
import org.muster.feed.EventJson;
import org.muster.kernel.TenantId;
import org.muster.rest.exchange.Exchange;
import org.muster.rest.request.QueryParameters;
import org.muster.scim.ScimException;

/** What happened in a tenant, as a file that shows whether it was changed. Thread-safe. */
@ApplicationScoped
@Path("admin/v1/tenants/{tenant}/audit")
public class AuditEndpoint {
  private static final int USUAL = 100_000;

  @Inject private TenantAccess access;
  @Inject private AuditExport export;
  @Inject private EventJson json;

  /**
   * The events of a tenant as NDJSON, behind {@code after}, at most {@code limit} of them, in a
   * chain that goes on from {@code previous}, the root of the export before.
   */
  @GET
  public Response get(@Context HttpServletRequest request, @PathParam("tenant") String name) {
    TenantId tenant = access.administered(Exchange.caller(request), name);
    QueryParameters parameters = QueryParameters.parse(request.getQueryString());
    AuditExport.Request wanted =
        new AuditExport.Request(
            tenant,
            parameters.text("after").map(AuditEndpoint::position).orElse(Position.START),
            limit(parameters),
            parameters.text("previous").map(AuditEndpoint::root));
    StreamingOutput body = out -> export.write(wanted, json::item, out);
    return Response.ok(body)
        .type("application/x-ndjson")
        .header("Cache-Control", "no-store")
        .header("Content-Disposition", "attachment; filename=\"audit-" + tenant + ".ndjson\"")
        .build();
  }

  private static int limit(QueryParameters parameters) {
    int limit = parameters.number("limit").orElse(USUAL);
    if (limit < 1 || limit > AuditExport.MOST) {
      throw invalid("limit must be 1 to " + AuditExport.MOST);
    }
    return limit;
  }

  private static Position position(String text) {
    return Position.parse(text)
        .orElseThrow(() -> invalid("after must be the next that an export ended with"));
  }

  private static String root(String text) {
    if (!AuditExport.isRoot(text)) {
      throw invalid("previous must be the root that an export ended with");
    }
    return text;
  }

  private static ScimException invalid(String detail) {
    return ScimException.badRequest(ScimException.Type.INVALID_VALUE, detail);
  }
}
