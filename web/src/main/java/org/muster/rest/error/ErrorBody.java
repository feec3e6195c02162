package org.muster.rest.error;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import jakarta.servlet.http.HttpServletResponse;
import jakarta.ws.rs.core.Response.Status;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import org.muster.rest.exchange.Target.Area;
import org.muster.storage.JsonDocument;

/** A failure as JSON: a SCIM error (RFC 7644 section 3.12) or problem details (RFC 9457). */
public record ErrorBody(String mediaType, String json) {
  private static final String SCIM_ERROR = "urn:ietf:params:scim:api:messages:2.0:Error";

  /** The body of a failure in the form of its area. */
  public static ErrorBody of(Failure failure, Area area, String requestId) {
    return area == Area.SCIM
        ? new ErrorBody("application/scim+json", text(scim(failure)))
        : new ErrorBody("application/problem+json", text(problem(failure, requestId)));
  }

  /** Answers a request that JAX-RS does not see. */
  public static void send(
      HttpServletResponse response, Failure failure, Area area, String requestId)
      throws IOException {
    ErrorBody body = of(failure, area, requestId);
    response.setStatus(failure.status());
    failure.headers().forEach(response::setHeader);
    response.setHeader("Cache-Control", "no-store");
    response.setContentType(body.mediaType());
    byte[] bytes = body.bytes();
    response.setContentLength(bytes.length);
    response.getOutputStream().write(bytes);
  }

  /** The JSON in UTF-8. */
  public byte[] bytes() {
    return json.getBytes(StandardCharsets.UTF_8);
  }

  private static ObjectNode scim(Failure failure) {
    ObjectNode error = JsonNodeFactory.instance.objectNode();
    error.putArray("schemas").add(SCIM_ERROR);
    error.put("status", Integer.toString(failure.status()));
    failure.scimType().ifPresent(type -> error.put("scimType", type));
    return error.put("detail", failure.detail());
  }

  private static ObjectNode problem(Failure failure, String requestId) {
    Status status = Status.fromStatusCode(failure.status());
    return JsonNodeFactory.instance
        .objectNode()
        .put("type", "about:blank")
        .put("title", status == null ? "Error" : status.getReasonPhrase())
        .put("status", failure.status())
        .put("detail", failure.detail())
        .put("requestId", requestId);
  }

  private static String text(ObjectNode json) {
    return JsonDocument.of(json).text();
  }
}
