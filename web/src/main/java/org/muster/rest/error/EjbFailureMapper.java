package org.muster.rest.error;

import jakarta.ejb.EJBException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.ext.ExceptionMapper;

/** Takes EJB exceptions from the server's own mapper, which would show a page of its own. */
public class EjbFailureMapper implements ExceptionMapper<EJBException> {
  @Context private HttpServletRequest request;

  @Override
  public Response toResponse(EJBException thrown) {
    return FailureMapper.respond(thrown, request);
  }
}
