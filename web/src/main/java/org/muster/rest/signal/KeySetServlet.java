package org.muster.rest.signal;

import jakarta.inject.Inject;
import jakarta.servlet.annotation.WebServlet;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Optional;
import org.muster.rest.error.Failure;
import org.muster.rest.error.Failures;
import org.muster.signal.token.SigningKeys;

/**
 * The public keys that security event tokens can be verified with (RFC 7517 section 5), for
 * everybody. Thread-safe.
 */
@WebServlet(name = "keySet", urlPatterns = "/.well-known/jwks.json")
public class KeySetServlet extends HttpServlet {
  private static final long serialVersionUID = 1L;
  private static final String ALLOWED = "GET, HEAD, OPTIONS";

  @Inject private transient SigningKeys keys;

  @Override
  protected void service(HttpServletRequest request, HttpServletResponse response)
      throws IOException {
    switch (request.getMethod()) {
      case "GET", "HEAD" -> {
        byte[] set = keys.verification().toString().getBytes(StandardCharsets.UTF_8);
        response.setHeader("Cache-Control", "public, max-age=" + SigningKeys.KEPT.toSeconds());
        response.setContentType("application/jwk-set+json");
        response.setContentLength(set.length);
        if (request.getMethod().equals("GET")) {
          response.getOutputStream().write(set);
        }
      }
      case "OPTIONS" -> {
        response.setStatus(HttpServletResponse.SC_NO_CONTENT);
        response.setHeader("Allow", ALLOWED);
      }
      default ->
          throw new Failure.Refusal(
              new Failure(
                  405,
                  Optional.empty(),
                  Failures.ofStatus(405).detail() + "; what is: " + ALLOWED,
                  Map.of("Allow", ALLOWED)));
    }
  }
}
