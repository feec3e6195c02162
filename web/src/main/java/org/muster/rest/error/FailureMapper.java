package org.muster.rest.error;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.ext.ExceptionMapper;
import org.muster.rest.exchange.Exchange;
import org.muster.rest.exchange.RequestId;
import org.muster.rest.exchange.Target;

/** Answers everything that is thrown below JAX-RS. */
public class FailureMapper implements ExceptionMapper<Throwable> {
  @Context private HttpServletRequest request;

  @Override
  public Response toResponse(Throwable thrown) {
    return respond(thrown, request);
  }

  static Response respond(Throwable thrown, HttpServletRequest request) {
    Exchange exchange = Exchange.find(request);
    String id = exchange == null ? RequestId.of(null) : exchange.id();
    Target target = exchange == null ? Target.of(request.getRequestURI()) : exchange.target();
    Failure failure = Failures.of(thrown, id);
    ErrorBody body = ErrorBody.of(failure, target.area(), id);
    Response.ResponseBuilder response =
        Response.status(failure.status())
            .entity(body.bytes())
            .type(body.mediaType())
            .header("Cache-Control", "no-store");
    failure.headers().forEach(response::header);
    return response.build();
  }
}
