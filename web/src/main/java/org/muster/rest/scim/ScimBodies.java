package org.muster.rest.scim;

import com.fasterxml.jackson.databind.node.ObjectNode;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import org.muster.rest.exchange.Exchange;
import org.muster.rest.request.JsonBody;
import org.muster.rest.request.MediaTypes;

/** Reads the bodies of SCIM requests, as large as the tenant's limits allow. */
@ApplicationScoped
public class ScimBodies {

  /** The body of a request whose answer will be SCIM JSON. */
  public ObjectNode read(HttpServletRequest request) throws IOException {
    MediaTypes.requireAcceptable(request.getHeader("Accept"));
    return readAlone(request);
  }

  /** The body of a request whose answer will have none. */
  public ObjectNode readAlone(HttpServletRequest request) throws IOException {
    MediaTypes.requireJson(request.getContentType());
    JsonBody reader = new JsonBody(Exchange.context(request).policy().limits().bodyBytes());
    return reader.read(request.getInputStream(), request.getContentLengthLong());
  }
}
