package org.muster.rest.scim;

import com.fasterxml.jackson.databind.node.ObjectNode;
import jakarta.annotation.PostConstruct;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import org.muster.config.Settings;
import org.muster.rest.request.JsonBody;
import org.muster.rest.request.MediaTypes;
import org.muster.storage.JsonDocument;

/** Reads the bodies of SCIM requests, at most {@code muster.scim.max-body} bytes. */
@ApplicationScoped
public class ScimBodies {
  private static final long LEAST = 1024;
  private static final long MOST = 64L << 20;
  @Inject private Settings settings;
  private JsonBody reader = new JsonBody(JsonDocument.MAX_BYTES);

  @PostConstruct
  void configure() {
    reader =
        new JsonBody(
            (int) settings.number("muster.scim.max-body", LEAST, MOST, JsonDocument.MAX_BYTES));
  }

  /** The body of a request whose answer will be SCIM JSON. */
  public ObjectNode read(HttpServletRequest request) throws IOException {
    MediaTypes.requireAcceptable(request.getHeader("Accept"));
    MediaTypes.requireJson(request.getContentType());
    return reader.read(request.getInputStream(), request.getContentLengthLong());
  }
}
