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
import java.util.Collections;
import java.util.List;
import org.muster.delivery.Outcome;
import org.muster.delivery.admin.ReceiverJson;
import org.muster.delivery.admin.ReceiverRequests;
import org.muster.kernel.TenantId;
import org.muster.receiver.Receiver;
import org.muster.rest.exchange.Exchange;
import org.muster.rest.request.EntityTags;
import org.muster.rest.request.JsonBody;
import org.muster.rest.request.MediaTypes;
import org.muster.rest.request.QueryParameters;
import org.muster.scim.resource.Condition;
import org.muster.storage.JsonDocument;

/** Who outside is told of a tenant's events. Thread-safe. */
@ApplicationScoped
@Path("admin/v1/tenants/{tenant}/receivers")
public class ReceiversEndpoint {
  private static final JsonBody BODIES = new JsonBody(64 * 1024);
  @Inject private TenantAccess access;
  @Inject private ReceiverRequests receivers;

  /** Makes a receiver; the secret that the server makes up is shown here, and never again. */
  @POST
  public Response create(@Context HttpServletRequest request, @PathParam("tenant") String tenant)
      throws IOException {
    TenantId of = tenant(request, tenant);
    MediaTypes.requireJson(request.getContentType());
    ReceiverRequests.Made made = receivers.create(of, body(request));
    Receiver receiver = made.receiver();
    ObjectNode json = ReceiverJson.write(receiver);
    made.secret().ifPresent(secret -> json.put("secret", secret.text()));
    URI location =
        URI.create("/admin/v1/tenants/" + of.value() + "/receivers/" + receiver.id().id());
    return tagged(Response.created(location), receiver, json);
  }

  /** A page of receivers; {@code limit} and {@code cursor} page it. */
  @GET
  public Response page(@Context HttpServletRequest request, @PathParam("tenant") String tenant) {
    TenantId of = tenant(request, tenant);
    QueryParameters parameters = QueryParameters.parse(request.getQueryString());
    int limit = JsonAnswer.limit(parameters);
    List<Receiver> found = receivers.page(of, parameters.text("cursor"), limit + 1);
    return JsonAnswer.of(
        Response.ok(),
        JsonAnswer.page(found, limit, ReceiverJson::write, receiver -> receiver.id().id()));
  }

  /** One receiver, and how far it is. */
  @GET
  @Path("{id}")
  public Response get(
      @Context HttpServletRequest request,
      @PathParam("tenant") String tenant,
      @PathParam("id") String id) {
    ReceiverRequests.View view = receivers.get(tenant(request, tenant), id);
    return tagged(Response.ok(), view.progress().receiver(), ReceiverStatus.json(view));
  }

  /** Changes a receiver by a merge patch (RFC 7396); If-Match says what it was. */
  @PATCH
  @Path("{id}")
  public Response patch(
      @Context HttpServletRequest request,
      @PathParam("tenant") String tenant,
      @PathParam("id") String id)
      throws IOException {
    TenantId of = tenant(request, tenant);
    MediaTypes.requireMergePatch(request.getContentType());
    Receiver changed = receivers.patch(of, id, known(request), body(request));
    return tagged(Response.ok(), changed, ReceiverJson.write(changed));
  }

  /** Removes a receiver. */
  @DELETE
  @Path("{id}")
  public Response remove(
      @Context HttpServletRequest request,
      @PathParam("tenant") String tenant,
      @PathParam("id") String id) {
    receivers.remove(tenant(request, tenant), id, known(request));
    return Response.noContent().build();
  }

  /** Sends a ping, and says what came of it. */
  @POST
  @Path("{id}/.test")
  public Response test(
      @Context HttpServletRequest request,
      @PathParam("tenant") String tenant,
      @PathParam("id") String id) {
    Outcome outcome = receivers.test(tenant(request, tenant), id);
    ObjectNode json = JsonDocument.MAPPER.createObjectNode();
    json.put("delivered", outcome instanceof Outcome.Delivered);
    ReceiverStatus.why(outcome).ifPresent(why -> json.put("detail", why));
    return JsonAnswer.of(Response.ok(), json);
  }

  /** Sends all events again from a place on. */
  @POST
  @Path("{id}/.replay")
  public Response replay(
      @Context HttpServletRequest request,
      @PathParam("tenant") String tenant,
      @PathParam("id") String id)
      throws IOException {
    TenantId of = tenant(request, tenant);
    MediaTypes.requireJson(request.getContentType());
    receivers.replay(of, id, body(request));
    return Response.noContent().build();
  }

  private TenantId tenant(HttpServletRequest request, String name) {
    return access.administered(Exchange.caller(request), name);
  }

  private static ObjectNode body(HttpServletRequest request) throws IOException {
    return BODIES.read(request.getInputStream(), request.getContentLengthLong());
  }

  private static Condition known(HttpServletRequest request) {
    List<String> values = Collections.list(request.getHeaders("If-Match"));
    return EntityTags.parse("If-Match", values.isEmpty() ? null : String.join(",", values));
  }

  private static Response tagged(
      Response.ResponseBuilder response, Receiver receiver, ObjectNode json) {
    return JsonAnswer.of(
        response.header("ETag", EntityTags.weak(receiver.version().toString())), json);
  }
}
