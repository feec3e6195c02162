package org.muster.rest.admin;

import com.fasterxml.jackson.databind.node.ObjectNode;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.Response;
import java.io.IOException;
import java.net.URI;
import java.util.List;
import java.util.Optional;
import org.muster.kernel.TenantId;
import org.muster.rest.exchange.Exchange;
import org.muster.rest.request.JsonBody;
import org.muster.rest.request.MediaTypes;
import org.muster.rest.request.QueryParameters;
import org.muster.scim.ScimException;
import org.muster.security.Caller;
import org.muster.security.IssuedToken;
import org.muster.security.Token;
import org.muster.security.Tokens;

/** Access tokens: issued, listed without their secrets, revoked. Thread-safe. */
@ApplicationScoped
@Path("admin/v1/tokens")
public class TokensEndpoint {
  private static final int BODY_BYTES_MOST = 64 * 1024;
  private static final JsonBody BODIES = new JsonBody(BODY_BYTES_MOST);
  @Inject private Tokens tokens;

  /** Issues a token; the only answer that ever shows its secret. */
  @POST
  public Response issue(@Context HttpServletRequest request) throws IOException {
    Caller caller = Exchange.caller(request);
    MediaTypes.requireJson(request.getContentType());
    ObjectNode body = BODIES.read(request.getInputStream(), request.getContentLengthLong());
    IssuedToken issued = tokens.issue(caller, TokenJson.request(body, caller.tenant()));
    ObjectNode json = TokenJson.of(issued.token()).put("token", issued.secret());
    return JsonAnswer.of(
        Response.created(URI.create("/admin/v1/tokens/" + issued.token().id())), json);
  }

  /** A page of tokens; {@code tenant} narrows it, {@code limit} and {@code cursor} page it. */
  @GET
  public Response page(@Context HttpServletRequest request) {
    Caller caller = Exchange.caller(request);
    QueryParameters parameters = QueryParameters.parse(request.getQueryString());
    int limit = JsonAnswer.limit(parameters);
    Optional<TenantId> tenant = parameters.text("tenant").map(TokenJson::tenant);
    List<Token> found = tokens.page(caller, tenant, parameters.text("cursor"), limit + 1);
    return JsonAnswer.of(Response.ok(), JsonAnswer.page(found, limit, TokenJson::of, Token::id));
  }

  /** One token, without its secret. */
  @GET
  @Path("{id}")
  public Response find(@Context HttpServletRequest request, @PathParam("id") String id) {
    Token token =
        tokens.find(Exchange.caller(request), id).orElseThrow(TokensEndpoint::noSuchToken);
    return JsonAnswer.of(Response.ok(), TokenJson.of(token));
  }

  /** Revokes a token, on this node at once and on others within ten seconds. */
  @DELETE
  @Path("{id}")
  public Response revoke(@Context HttpServletRequest request, @PathParam("id") String id) {
    if (!tokens.revoke(Exchange.caller(request), id)) {
      throw noSuchToken();
    }
    return Response.noContent().build();
  }

  private static ScimException noSuchToken() {
    return ScimException.notFound("There is no such token");
  }
}
