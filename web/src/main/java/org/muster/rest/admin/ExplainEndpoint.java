package org.muster.rest.admin;

import com.fasterxml.jackson.databind.node.ObjectNode;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.Response;
import java.io.IOException;
import org.muster.kernel.TenantId;
import org.muster.rest.exchange.Exchange;
import org.muster.rest.request.JsonBody;
import org.muster.rest.request.MediaTypes;
import org.muster.rest.scim.ScimRequest;
import org.muster.rest.scim.ScimRequests;
import org.muster.scim.explain.Explaining;
import org.muster.scim.policy.Policies;
import org.muster.security.Caller;

/** What a SCIM request would do, for administrators; nothing is changed by it. Thread-safe. */
@ApplicationScoped
@Path("admin/v1/tenants/{tenant}/.explain")
public class ExplainEndpoint {
  private static final int DESCRIPTION_BYTES = 64 * 1024;
  @Inject private TenantAccess access;
  @Inject private Policies policies;
  @Inject private Explaining explaining;
  @Inject private ScimRequests requests;

  /**
   * Explains the SCIM request that the body describes. An error of that request is a part of the
   * explanation; the status is about the description.
   */
  @POST
  public Response explain(@Context HttpServletRequest request, @PathParam("tenant") String tenant)
      throws IOException {
    Caller caller = Exchange.caller(request);
    TenantId id = access.administered(caller, tenant);
    MediaTypes.requireJson(request.getContentType());
    JsonBody bodies = new JsonBody(policies.of(id).limits().bodyBytes() + DESCRIPTION_BYTES);
    ObjectNode body = bodies.read(request.getInputStream(), request.getContentLengthLong());
    ScimRequest described = ScimRequest.of(body);
    ObjectNode json =
        explaining.explain(caller, id, served -> requests.question(served, described));
    return JsonAnswer.of(Response.ok(), json);
  }
}
