package org.muster.rest.signal;

import jakarta.inject.Inject;
import jakarta.servlet.annotation.WebServlet;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import org.muster.rest.request.Methods;
import org.muster.signal.token.SigningKeys;

/**
 * The public keys that security event tokens can be verified with (RFC 7517 section 5), for
 * everybody. Thread-safe.
 */
@WebServlet(name = "keySet", urlPatterns = "/.well-known/jwks.json")
public class KeySetServlet extends HttpServlet {
  private static final long serialVersionUID = 1L;
  private static final Methods METHODS = new Methods("GET, HEAD, OPTIONS");

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
      default -> METHODS.answer(request, response);
    }
  }
}
