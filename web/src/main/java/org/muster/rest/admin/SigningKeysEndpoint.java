package org.muster.rest.admin;

import com.fasterxml.jackson.databind.node.ObjectNode;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.Response;
import org.muster.rest.error.Failure;
import org.muster.rest.exchange.Exchange;
import org.muster.security.Scope;
import org.muster.signal.token.SigningKeys;
import org.muster.storage.JsonDocument;

/** The keys that security event tokens are signed with. Thread-safe. */
@ApplicationScoped
@Path("admin/v1/signing-keys")
public class SigningKeysEndpoint {
  @Inject private SigningKeys keys;

  /** Publishes a new key, which signs soon; the one before is still published for some time. */
  @POST
  @Path(".rotate")
  public Response rotate(@Context HttpServletRequest request) {
    if (!Exchange.caller(request).may(Scope.PLATFORM_ADMIN)) {
      throw new Failure.Refusal(
          new Failure(403, "This takes a token with the scope platform.admin"));
    }
    ObjectNode json = JsonDocument.MAPPER.createObjectNode().put("kid", keys.rotate());
    return JsonAnswer.of(Response.ok(), json);
  }
}
