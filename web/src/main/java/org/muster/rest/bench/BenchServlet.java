package org.muster.rest.bench;

import jakarta.inject.Inject;
import jakarta.servlet.annotation.WebServlet;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import org.muster.config.Settings;

/** The limit of the server: a constant from a plain servlet. */
@WebServlet(name = "bench", urlPatterns = "/bench/servlet")
public class BenchServlet extends HttpServlet {
  private static final long serialVersionUID = 1L;
  private static final byte[] JSON = Constant.json();
  @Inject private transient Settings settings;
  private transient boolean offered;

  @Override
  public void init() {
    offered = settings.flag("muster.bench", false);
  }

  @Override
  protected void doGet(HttpServletRequest request, HttpServletResponse response)
      throws IOException {
    if (!offered) {
      response.sendError(HttpServletResponse.SC_NOT_FOUND);
      return;
    }
    response.setContentType("application/scim+json");
    response.setContentLength(JSON.length);
    response.getOutputStream().write(JSON);
  }
}
