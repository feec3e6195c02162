package org.muster.rest.admin;

import com.fasterxml.jackson.databind.node.ObjectNode;
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
import java.net.URI;
import java.util.List;
import org.muster.rest.exchange.Exchange;
import org.muster.rest.request.JsonBody;
import org.muster.rest.request.MediaTypes;
import org.muster.rest.request.QueryParameters;
import org.muster.security.jwt.Issuer;
import org.muster.security.jwt.IssuerJson;
import org.muster.security.jwt.Issuers;

/** Who issues JWTs for a tenant. Thread-safe. */
@ApplicationScoped
@Path("admin/v1/tenants/{tenant}/issuers")
public class IssuersEndpoint {
  private static final JsonBody BODIES = new JsonBody(256 * 1024);
  @Inject private Issuers issuers;

  /** Makes an issuer known. */
  @POST
  public Response add(@Context HttpServletRequest request, @PathParam("tenant") String tenant)
      throws IOException {
    Issuer made = issuers.add(Exchange.caller(request), tenant, body(request));
    URI location = URI.create("/admin/v1/tenants/" + tenant + "/issuers/" + made.id());
    return JsonAnswer.of(Response.created(location), IssuerJson.write(made));
  }

  /** A page of issuers; {@code limit} and {@code cursor} page it. */
  @GET
  public Response page(@Context HttpServletRequest request, @PathParam("tenant") String tenant) {
    QueryParameters parameters = QueryParameters.parse(request.getQueryString());
    int limit = JsonAnswer.limit(parameters);
    List<Issuer> found =
        issuers.page(Exchange.caller(request), tenant, parameters.text("cursor"), limit + 1);
    return JsonAnswer.of(
        Response.ok(), JsonAnswer.page(found, limit, IssuerJson::write, Issuer::id));
  }

  /** One issuer. */
  @GET
  @Path("{id}")
  public Response get(
      @Context HttpServletRequest request,
      @PathParam("tenant") String tenant,
      @PathParam("id") String id) {
    return JsonAnswer.of(
        Response.ok(), IssuerJson.write(issuers.get(Exchange.caller(request), tenant, id)));
  }

  /** Replaces what is said of an issuer. */
  @PUT
  @Path("{id}")
  public Response replace(
      @Context HttpServletRequest request,
      @PathParam("tenant") String tenant,
      @PathParam("id") String id)
      throws IOException {
    return JsonAnswer.of(
        Response.ok(),
        IssuerJson.write(issuers.replace(Exchange.caller(request), tenant, id, body(request))));
  }

  /** Forgets an issuer. */
  @DELETE
  @Path("{id}")
  public Response remove(
      @Context HttpServletRequest request,
      @PathParam("tenant") String tenant,
      @PathParam("id") String id) {
    issuers.remove(Exchange.caller(request), tenant, id);
    return Response.noContent().build();
  }

  private static ObjectNode body(HttpServletRequest request) throws IOException {
    MediaTypes.requireJson(request.getContentType());
    return BODIES.read(request.getInputStream(), request.getContentLengthLong());
  }
}
