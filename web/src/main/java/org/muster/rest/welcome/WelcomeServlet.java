package org.muster.rest.welcome;

import jakarta.servlet.annotation.WebServlet;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.io.InputStream;

/** The page at the root; JAX-RS has every other path, so that no file is served by accident. */
@WebServlet(name = "welcome", urlPatterns = "")
public class WelcomeServlet extends HttpServlet {
  private static final long serialVersionUID = 1L;

  @Override
  protected void doGet(HttpServletRequest request, HttpServletResponse response)
      throws IOException {
    try (InputStream page = WelcomeServlet.class.getResourceAsStream("welcome.html")) {
      if (page == null) {
        throw new IllegalStateException("welcome.html is missing from the archive");
      }
      response.setContentType("text/html;charset=UTF-8");
      response.setHeader(
          "Content-Security-Policy", "default-src 'none'; style-src 'unsafe-inline'");
      page.transferTo(response.getOutputStream());
    }
  }
}
